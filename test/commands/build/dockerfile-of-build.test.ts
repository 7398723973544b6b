import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { dockerfileOfBuild } from '../../../source/commands/build/dockerfile-of-build.ts';
import { writeFiles } from '../../support/temporary-folder.ts';

async function folderOf(t: TestContext, names: readonly string[]): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	t.after(() => rm(folder, { recursive: true }));
	await writeFiles(folder, new Map(names.map((name) => [name, Buffer.from(`FROM ${name}\n`)])));
	return folder;
}

describe('the Dockerfile of a build', () => {
	test('is the one that -f names, however it does', async (t) => {
		const folder = await folderOf(t, ['Dockerfile', 'other']);
		const path = join(folder, 'other');
		for (const arguments_ of [
			['-f', path],
			[`-f${path}`],
			[`-f=${path}`],
			['--file', path],
			[`--file=${path}`],
		]) {
			const found = await dockerfileOfBuild('docker', [...arguments_, '--target', 'final', folder]);
			t.assert.deepEqual(found, { name: 'other', source: 'FROM other\n', target: 'final' });
		}
	});

	test('is else the usual one in the folder that comes last', async (t) => {
		const folder = await folderOf(t, ['Dockerfile', 'Containerfile']);
		t.assert.equal((await dockerfileOfBuild('docker', ['-t', 'app', folder]))?.name, 'Dockerfile');
		t.assert.equal((await dockerfileOfBuild('podman', ['-t', 'app', folder]))?.name, 'Containerfile');
	});

	test('is not known where it comes from elsewhere', async (t) => {
		const folder = await folderOf(t, []);
		t.assert.equal(await dockerfileOfBuild('docker', ['-f', '-', folder]), null);
		t.assert.equal(await dockerfileOfBuild('docker', ['https://example.com/app.git#main']), null);
	});
});
