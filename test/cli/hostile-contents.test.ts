import assert from 'node:assert/strict';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { factWarnings } from '../../source/analysis/fact-warnings.ts';
import { finish } from '../../source/steps.ts';
import { dpkgFiles, npmPackage, packagesOfLayers } from '../support/analysis/packages.ts';
import { rawEntry } from '../support/archives/raw-tar.ts';
import { file, symlink, type TarEntry } from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { zipArchive } from '../support/archives/zip-archive.ts';
import { elfFile } from '../support/facts/elf-file.ts';
import { parseReport } from '../support/report.ts';
import { sqliteDatabase } from '../support/rpm/databases.ts';
import { rpmHeader } from '../support/rpm/header.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram } from './run-program.ts';

const hostilePage = (database: Uint8Array): Uint8Array => {
	const damaged = Uint8Array.from(database);
	// The children of the first page of the last table lead to that page itself.
	damaged.fill(0x05, 4096 * 2, 4096 * 2 + 16);
	return damaged;
};
const bomb = zipArchive([
	{ name: 'a.jar', content: Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(70_000_000)]) },
]);
const program = elfFile({
	sections: [{ content: Buffer.alloc(5000) }],
	segments: [{ content: Buffer.alloc(100) }],
});

const bad: Readonly<Record<string, readonly TarEntry[]>> = {
	'var/lib/dpkg/diversions': [file('var/lib/dpkg/diversions', '/a\n/b\n')],
	'lib/apk/db/installed': [file('lib/apk/db/installed', 'P:a\nrubbish')],
	'var/lib/rpm/rpmdb.sqlite': [
		file('var/lib/rpm/rpmdb.sqlite', hostilePage(sqliteDatabase([rpmHeader({ name: 'a' })]))),
	],
	'opt/bomb.jar': [file('opt/bomb.jar', bomb)],
	'usr/bin/cut': [file('usr/bin/cut', program.subarray(0, program.length - 64), { mode: 0o755 })],
	'node_modules/x/package.json': [file('node_modules/x/package.json', '{"name":'.repeat(10_000))],
};

const good: readonly TarEntry[] = [
	file('usr/bin/good', 'good'),
	symlink('loop', 'loop/loop'),
	symlink('one', 'two'),
	symlink('two', 'one'),
	...dpkgFiles([{ name: 'good', paths: ['/usr/bin/good', '/loop/x', '/one/x', '/../../usr/bin/good'] }]),
	npmPackage('node_modules/fine', { name: 'fine', version: '1.0.0' }),
];

describe('contents that are not what they should be', () => {
	for (const [path, entries] of Object.entries(bad)) {
		test(`${path}: a warning with the path, and the rest stands`, async () => {
			const { packages, session, facts } = await packagesOfLayers([[...good, ...entries]]);
			assert.deepEqual(packages.map(({ name }) => name).sort(), ['fine', 'good']);
			const warnings = finish(factWarnings(session.tree, facts));
			assert.deepEqual(
				warnings.map(({ code, layerIndex, count, example }) => ({ code, layerIndex, count, example })),
				[{ code: 'content-not-readable', layerIndex: 0, count: 1, example: path }],
			);
		});
	}

	test('the program reports what is left, from a file and from a stream', async (t) => {
		const folder = await temporaryFolder(t);
		const archive = dockerArchive([{ layers: [[...good, ...Object.values(bad).flat()]] }]);
		await writeFile(join(folder, 'bad.tar'), archive);
		const args = ['--only', 'packages', '--format', 'json', '--no-cache'];
		const outcomes = [
			await runProgram(['report', join(folder, 'bad.tar'), ...args]),
			await runProgram(['report', '-', ...args], { input: gzipSync(archive, { level: 1 }) }),
		];
		for (const { status, stdout, stderr } of outcomes) {
			assert.equal(status, 0, stderr);
			const { packages = [] } = parseReport(stdout);
			assert.deepEqual(packages.map(({ name }) => name).sort(), ['fine', 'good']);
		}
	});

	test('the verdict for programs warns of what could not be read, as the one for people does', async (t) => {
		const folder = await temporaryFolder(t);
		const [path, report] = [join(folder, 'bad.tar'), join(folder, 'report.json')];
		await writeFile(path, dockerArchive([{ layers: [[...good, ...Object.values(bad).flat()]] }]));
		await runProgram(['ci', path, '--budget', 'pkg:deb/good=1GB', '--no-cache', '--json', report]);
		const unread = parseReport(await readFile(report, 'utf8')).warnings.filter(
			({ code }) => code === 'content-not-readable',
		);
		assert.ok(unread.some(({ example }) => example === 'lib/apk/db/installed'));
	});

	test('a package.json of 1 GB is told by its size, and not read', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'layer.tar');
		const bytes = 1024 ** 3;
		const header = Buffer.from(rawEntry(file('node_modules/huge/package.json', '{'))).subarray(0, 512);
		header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
		header.fill(' ', 148, 156);
		const sum = header.reduce((all, byte) => all + byte, 0);
		header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
		const handle = await open(path, 'w');
		await handle.write(header);
		await handle.write('{', 512);
		await handle.truncate(512 + bytes + 1024);
		await handle.close();
		const args = ['report', path, '--as-layer', '--only', 'packages', '--format', 'json', '--no-cache'];
		const { status, stdout, stderr } = await runProgram(args);
		assert.equal(status, 0, stderr);
		assert.deepEqual(parseReport(stdout).packages, []);
	});
});
