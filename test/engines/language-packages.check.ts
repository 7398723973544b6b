import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathOf } from '../../source/filetree/paths.ts';
import { claimedPaths } from '../support/analysis/claims.ts';
import { type AskedPackages, packagesOfSession } from '../support/analysis/packages.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { zipArchive } from '../support/archives/zip-archive.ts';
import { loadImage } from '../support/load-image.ts';
import { run } from './support/engine-image.ts';

let folder = '';
before(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fathom-languages-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** An image whose one layer is this folder, and the paths that packages claim there. */
async function imageOf(
	root: string,
): Promise<AskedPackages & { claims: ReadonlyMap<string, readonly string[]> }> {
	await run('tar', '-C', root, '-cf', `${root}.tar`, '.');
	const archive = `${root}.image.tar`;
	await writeFile(archive, dockerArchive([{ layers: [new Uint8Array(await readFile(`${root}.tar`))] }]));
	const session = await loadImage(archive);
	try {
		return { ...(await packagesOfSession(session)), claims: await claimedPaths(session) };
	} finally {
		await session.close();
	}
}

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
	for (const [path, content] of Object.entries(files)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), content);
	}
}

describe('the packages of npm', () => {
	const describe = (name: string, version: string, dependencies: Readonly<Record<string, string>> = {}) => ({
		'package.json': JSON.stringify({
			name,
			version,
			dependencies,
			bin: { [name.split('/').at(-1) ?? '']: 'bin.js' },
		}),
		'bin.js': '#!/usr/bin/env node\n',
	});

	test('are those of npm ls, where they lie and what needs what', async () => {
		const root = join(folder, 'npm-root');
		const app = join(root, 'app');
		await write(app, describe('app', '9.9.9', { b: '^1.0.0', '@scope/a': '*' }));
		await write(join(app, 'node_modules/b'), describe('b', '1.0.0'));
		await write(join(app, 'node_modules/@scope/a'), describe('@scope/a', '0.1.0', { b: '^2.0.0-rc.1' }));
		await write(join(app, 'node_modules/@scope/a/node_modules/b'), describe('b', '2.0.0-rc.1'));
		const listed = (await run('npm', '--prefix', app, 'ls', '--all', '--parseable', '--long'))
			.trim()
			.split('\n')
			.slice(1);
		const { packages, session } = await imageOf(root);
		const found = packages.map(({ name, version, node }) => {
			return `${dirname(pathOf(session.tree, node))}:${name}@${version}`;
		});
		assert.deepEqual(
			found.sort(),
			listed
				.map((line) =>
					line
						.slice(root.length + 1)
						.split(':')
						.slice(0, 2)
						.join(':'),
				)
				.sort(),
		);
		assert.ok(found.includes('app/node_modules/@scope/a/node_modules/b:b@2.0.0-rc.1'), found.join());
		const scoped = packages.find(({ name }) => name === '@scope/a');
		assert.deepEqual(
			scoped?.dependsOn.map((needed) => packages[needed].version),
			['2.0.0-rc.1'],
		);
	});
});

describe('the packages of pip', () => {
	test('are those of pip list, with the files of pip show', async () => {
		const wheels = await Promise.all([
			wheel('one_two', '1.0', ['three>=2']),
			wheel('three', '2.5.post1', []),
		]);
		const root = join(folder, 'pip-root');
		const site = join(root, 'usr/lib/python3/site-packages');
		const pip = (...options: readonly string[]) =>
			run('python3', '-m', 'pip', '--disable-pip-version-check', ...options);
		await pip(
			'install',
			'--quiet',
			'--no-index',
			'--root-user-action=ignore',
			'--target',
			site,
			'--no-deps',
			...wheels,
		);
		const listed: { name: string; version: string }[] = JSON.parse(
			await pip('list', '--path', site, '--format', 'json'),
		);
		const { packages, claims } = await imageOf(root);
		const plain = (name: string) => name.toLowerCase().replaceAll('_', '-');
		assert.deepEqual(
			packages.map(({ name, version }) => `${plain(name)} ${version}`).sort(),
			listed.map(({ name, version }) => `${plain(name)} ${version}`).sort(),
		);
		const record = await readFile(join(site, 'one_two-1.0.dist-info/RECORD'), 'utf8');
		const recorded = record
			.trim()
			.split('\n')
			.map((line) => `usr/lib/python3/site-packages/${line.split(',')[0]}`);
		const claimed = [...claims].find(([name]) => plain(name).startsWith('one-two:'))?.[1] ?? [];
		for (const path of recorded) assert.ok(claimed.includes(path), path);
	});

	async function wheel(name: string, version: string, requires: readonly string[]): Promise<string> {
		const info = `${name}-${version}.dist-info`;
		const files = {
			[`${name}/__init__.py`]: `name = "${name}"\n`,
			[`${info}/METADATA`]: [
				'Metadata-Version: 2.1',
				`Name: ${name}`,
				`Version: ${version}`,
				...requires.map((need) => `Requires-Dist: ${need}`),
				'',
			].join('\n'),
			[`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
		};
		const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,\n`).join('');
		const path = join(folder, `${name}-${version}-py3-none-any.whl`);
		const all = { ...files, [`${info}/RECORD`]: record };
		await writeFile(path, zipArchive(Object.entries(all).map(([name, content]) => ({ name, content }))));
		return path;
	}
});
