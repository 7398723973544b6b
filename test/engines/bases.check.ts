import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { JsonReport } from '../../source/report/json/schema.ts';
import { runProgram } from '../cli/run-program.ts';
import { file } from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';

const os = [[file('os', 'o'.repeat(1000))], [file('runtime', 'r'.repeat(1000))]];
const newerOs = [[file('os', 'newer')]];

interface Made {
	readonly name: string;
	readonly layers: typeof os;
	readonly created?: string;
	readonly labels?: Readonly<Record<string, string>>;
}

async function write(t: TestContext, { name, layers, created, labels }: Made): Promise<string> {
	const path = join(await temporaryFolder(t), 'image.tar');
	const config = { ...(created && { created }), ...(labels && { config: { Labels: labels } }) };
	await writeFile(path, dockerArchive([{ names: [name], layers, config }]));
	return path;
}

async function baseOf(...args: readonly string[]): Promise<JsonReport['base'] & { readonly said: string }> {
	const { status, stdout, stderr } = await runProgram(['report', '--format', 'json', '--no-cache', ...args], {
		environment: engineEnvironment(),
	});
	assert.equal(status, 0, stderr);
	return { ...parseReport(stdout).base, said: stderr };
}

function labelsFor(name: string) {
	return { 'org.opencontainers.image.base.name': name };
}

describe('the base of an image', () => {
	test('is found in Docker', async (t) => {
		const base = await write(t, { name: 'fathom-base:1', layers: os, created: '2024-01-01T00:00:00Z' });
		await run('docker', 'load', '--input', base);
		t.after(() => run('docker', 'rmi', '--force', 'fathom-base:1'));
		const app = await write(t, {
			name: 'fathom-app:1',
			layers: [...os, [file('app', 'x')]],
			labels: labelsFor('fathom-base:1'),
		});
		const found = await baseOf(app);
		assert.deepEqual([found.layerCount, found.image], [2, 'fathom-base:1']);
		assert.match(found.images?.[0].foundIn ?? '', /^Docker Engine /);
	});

	test('is found in Podman, which writes what an image was built from', async (t) => {
		const base = await write(t, { name: 'localhost/fathom-base:2', layers: os });
		await run('podman', '--remote', 'load', '--input', base);
		t.after(() => run('podman', '--remote', 'rmi', '--force', 'localhost/fathom-base:2'));
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'Dockerfile'), 'FROM localhost/fathom-base:2\nCOPY app /app\n');
		await writeFile(join(folder, 'app'), 'x');
		await run('podman', '--remote', 'build', '-t', 'localhost/fathom-app:2', folder);
		t.after(() => run('podman', '--remote', 'rmi', '--force', 'localhost/fathom-app:2'));
		const found = await baseOf('podman:localhost/fathom-app:2');
		assert.deepEqual([found.layerCount, found.image], [2, 'localhost/fathom-base:2']);
		assert.match(found.images?.[0].foundIn ?? '', /^Podman /);
	});

	test('is found in a registry where --online says so, and is outdated once its tag is another image', async (t) => {
		const name = `${engineVariable('REGISTRY')}/fathom/base:3`;
		const push = async (made: Omit<Made, 'name'>) => {
			const path = await write(t, { name: 'base:3', ...made });
			const digestFile = join(await temporaryFolder(t), 'digest');
			const how = ['copy', '--quiet', '--dest-tls-verify=false', '--digestfile', digestFile];
			await run('skopeo', ...how, `docker-archive:${path}`, `docker://${name}`);
			return (await run('cat', digestFile)).trim();
		};
		const digest = await push({ layers: os });
		const labels = { ...labelsFor(name), 'org.opencontainers.image.base.digest': digest };
		const app = await write(t, { name: 'app:3', layers: [...os, [file('app', 'x')]], labels });
		const unasked = await baseOf(app);
		assert.deepEqual([unasked.origin, unasked.said], ['first-layer', '']);
		const found = await baseOf(app, '--online');
		assert.deepEqual([found.layerCount, found.images?.[0].digest], [2, digest]);
		assert.equal(found.images?.[0].newer, null);
		assert.match(found.said, /asking 127\.0\.0\.1:\d+ for the base /);
		const now = await push({ layers: newerOs });
		assert.equal((await baseOf(app, '--online')).images?.[0].newer?.digest, now);
	});
});
