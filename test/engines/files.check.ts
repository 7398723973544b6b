import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runProgram } from '../cli/run-program.ts';
import { engineEnvironment, engineVariable } from './support/engine-environment.ts';
import { run } from './support/engine-image.ts';
import { shellImageName, writeShellImage } from './support/shell-image.ts';

/** What an engine makes in a container that was never started. */
const engineMade = /^(?:\.dockerenv|dev|proc|sys|etc\/(?:hosts|hostname|resolv\.conf|mtab))(?:\/|$)/;

describe('fathom extract and fathom files', () => {
	let folder = '';
	let expected: readonly string[] = [];
	const registry = engineVariable('REGISTRY');
	const inRegistry = `${registry}/fathom-files:1`;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fathom-files-'));
		const archive = await writeShellImage(folder);
		await run('docker', 'load', '--input', archive);
		await run('podman', '--remote', 'load', '--input', archive);
		const copy = ['copy', '--quiet', '--dest-tls-verify=false', `docker-archive:${archive}`];
		await run('skopeo', ...copy, `docker://${inRegistry}`);
		await run('docker', 'create', '--name', 'fathom-files', shellImageName, '/bin/sh');
		await run('docker', 'export', '--output', join(folder, 'export.tar'), 'fathom-files');
		await mkdir(join(folder, 'exported'));
		await run(
			'tar',
			'-x',
			'--no-same-owner',
			'-f',
			join(folder, 'export.tar'),
			'-C',
			join(folder, 'exported'),
		);
		expected = await contentsOf(join(folder, 'exported'));
	});
	after(async () => {
		await run('docker', 'rm', '--force', 'fathom-files');
		await rm(folder, { recursive: true, force: true });
	});

	const places: readonly (readonly [string, () => string])[] = [
		['Docker', () => `docker:${shellImageName}`],
		['Podman', () => `podman:localhost/${shellImageName}`],
		['a registry', () => `registry:${inRegistry}`],
		['an archive', () => join(folder, 'shell.tar')],
		['a container of Docker', () => 'container:fathom-files'],
	];
	for (const [what, reference] of places) {
		test(`all of an image in ${what} is what docker export has`, async () => {
			const out = join(folder, what.replaceAll(' ', '-'));
			const options = { environment: engineEnvironment(), folder };
			const insecure = what === 'a registry' ? ['--insecure'] : [];
			const { status, stderr } = await runProgram(
				['extract', reference(), '/', '--to', out, '--no-cache', ...insecure],
				options,
			);
			assert.equal(status, 0, stderr);
			assert.deepEqual(await contentsOf(out), expected);
			const listed = await runProgram(['files', reference(), '-0', '--no-cache', ...insecure], options);
			const paths = listed.stdout
				.split('\0')
				.filter((path) => path !== '' && !engineMade.test(path.slice(1)));
			assert.deepEqual(paths.length, expected.length);
			const { stdout } = await runProgram(['cat', reference(), '/srv/second', ...insecure], options);
			assert.equal(stdout, 'one file');
		});
	}
});

/** What is in a folder: kind, permissions, content and target of each path. */
async function contentsOf(folder: string): Promise<readonly string[]> {
	const names = (await readdir(folder, { recursive: true })).filter((name) => !engineMade.test(name)).sort();
	return Promise.all(
		names.map(async (name) => {
			const path = join(folder, name);
			const stats = await lstat(path);
			const content = stats.isFile()
				? createHash('sha256')
						.update(await readFile(path))
						.digest('hex')
				: '';
			const target = stats.isSymbolicLink() ? await readlink(path) : '';
			return [name, (stats.mode & ~0o6000).toString(8), content, target].join(' ');
		}),
	);
}
