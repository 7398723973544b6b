import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { type DebPackage, dpkgEntries } from '../../support/facts/dpkg.ts';
import { parseDifference } from '../../support/pair/difference-reports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

const sed: DebPackage = { version: '4.9-1', files: { 'bin/sed': 's'.repeat(9000) } };

const older: readonly TarEntry[] = dpkgEntries({
	sed,
	perl: { version: '5.36-1', files: { 'bin/perl': 'p'.repeat(40_000), 'doc/perl': 'd'.repeat(5000) } },
	curl: { version: '7.88-2', files: { 'bin/curl': 'c'.repeat(20_000) } },
	grep: { version: '3.8-5', files: { 'bin/grep': 'g'.repeat(7000), 'etc/grep': '1' } },
});

const newer: readonly TarEntry[] = dpkgEntries({
	sed,
	perl: { version: '5.36-2', files: { 'bin/perl': 'P'.repeat(41_000), 'doc/perl': 'd'.repeat(5000) } },
	git: { version: '2.39', files: { 'bin/git': 'g'.repeat(60_000) } },
	grep: { version: '3.8-5', files: { 'bin/grep': 'g'.repeat(7000), 'etc/grep': '2' } },
});

async function folderWithBoth(t: TestContext): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'old.tar'), dockerArchive([{ names: ['app:1'], layers: [older] }]));
	await writeFile(join(folder, 'new.tar'), dockerArchive([{ names: ['app:2'], layers: [newer] }]));
	return folder;
}

const table = [
	'Packages  1 added, 1 removed, 1 upgraded, 1 of the same version with other files',
	'  what            old    new   delta  files  package',
	'  added             -  60 kB  +60 kB      1  deb/git 2.39',
	'  removed       20 kB      -  -20 kB      1  deb/curl 7.88-2',
	'  upgraded      45 kB  46 kB   +1 kB      1  deb/perl 5.36-1 -> 5.36-2',
	'  same version   7 kB   7 kB     0 B      1  deb/grep 3.8-5',
].join('\n');

describe('fathom diff of packages', () => {
	test('lists in the text what was added, removed and upgraded, with its bytes and how many files differ', async (t) => {
		const folder = await folderWithBoth(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar'], { folder });
		t.assert.equal(stdout.includes(`\n\n${table}\n\nFiles  `), true, stdout);
	});

	test('reports nothing else where nothing else is asked for', async (t) => {
		const folder = await folderWithBoth(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar', '--only', 'packages'], { folder });
		t.assert.equal(stdout.endsWith(`\n\n${table}\n`), true, stdout);
		t.assert.doesNotMatch(stdout, /^(?:Files|Layers|Config|Figures)/m);
	});

	test('is in the JSON', async (t) => {
		const folder = await folderWithBoth(t);
		const args = ['diff', 'old.tar', 'new.tar', '--format', 'json'];
		const { packages, packageCounts, differs } = parseDifference((await runProgram(args, { folder })).stdout);
		t.assert.equal(differs.packages, true);
		t.assert.deepEqual(packageCounts, {
			added: 1,
			removed: 1,
			upgraded: 1,
			downgraded: 0,
			'other-version': 0,
			'same-version': 1,
		});
		t.assert.deepEqual(packages?.[2], {
			kind: 'upgraded',
			type: 'deb',
			name: 'perl',
			architecture: 'amd64',
			bytesDelta: 1000,
			differingFiles: 1,
			old: {
				version: '5.36-1',
				purl: 'pkg:deb/perl@5.36-1?arch=amd64',
				layerIndex: 0,
				files: 2,
				bytes: 45_000,
				addedBytes: 45_000,
			},
			new: {
				version: '5.36-2',
				purl: 'pkg:deb/perl@5.36-2?arch=amd64',
				layerIndex: 0,
				files: 2,
				bytes: 46_000,
				addedBytes: 46_000,
			},
		});
	});

	test('is a block of the markdown', async (t) => {
		const folder = await folderWithBoth(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'new.tar', '--format', 'markdown'], { folder });
		const [counts, ...rows] = table.replace('  ', ' ').split('\n');
		const summary = `<details><summary>${counts.replace('Packages', 'Packages:')}</summary>`;
		t.assert.equal(stdout.includes(`${summary}\n\n\`\`\`text\n${rows.join('\n')}\n`), true, stdout);
	});

	test('is the same from an image that streams', async (t) => {
		const folder = await folderWithBoth(t);
		const input = await readFile(join(folder, 'new.tar'));
		const args = ['diff', 'old.tar', '-', '--only', 'packages'];
		const { stdout } = await runProgram(args, { folder, input });
		t.assert.equal(stdout.endsWith(`\n\n${table}\n`), true, stdout);
	});

	test('exits with 1 for a package that differs, where that is all that is asked for', async (t) => {
		const folder = await folderWithBoth(t);
		const status = async (...images: readonly string[]) =>
			(await runProgram(['diff', ...images, '--only', 'packages', '--exit-code'], { folder })).status;
		t.assert.deepEqual([await status('old.tar', 'new.tar'), await status('old.tar', 'old.tar')], [1, 0]);
	});

	test('says that equal images have the same packages', async (t) => {
		const folder = await folderWithBoth(t);
		const { stdout } = await runProgram(['diff', 'old.tar', 'old.tar', '--only', 'packages'], { folder });
		t.assert.match(stdout, /^Both images have the same packages\.$/m);
	});

	test('warns of a database that cannot be made out', async (t) => {
		const folder = await folderWithBoth(t);
		const damaged = [...newer, file('var/lib/dpkg/status.d/bad', 'Package\n\n')];
		await writeFile(join(folder, 'bad.tar'), dockerArchive([{ layers: [damaged] }]));
		const { stdout } = await runProgram(['diff', 'old.tar', 'bad.tar', '--only', 'packages'], { folder });
		t.assert.match(stdout, /\nnew: warning: layer 1: .*var\/lib\/dpkg\/status\.d\/bad/);
	});

	test('leaves packages out where neither image has any', async (t) => {
		const folder = await temporaryFolder(t);
		for (const name of ['one', 'two'])
			await writeFile(join(folder, `${name}.tar`), dockerArchive([{ layers: [[file('a', name)]] }]));
		const { stdout } = await runProgram(['diff', 'one.tar', 'two.tar'], { folder });
		t.assert.doesNotMatch(stdout, /ackages/);
	});
});

describe('the packages of a saved report', () => {
	test('are compared where the report has them', async (t) => {
		const folder = await folderWithBoth(t);
		await runProgram(['report', 'old.tar', '-o', 'old.json'], { folder });
		const { stdout } = await runProgram(['diff', 'old.json', 'new.tar', '--only', 'packages'], { folder });
		const withoutFiles = table
			.split('\n')
			.filter((line) => !line.startsWith('  same version'))
			.join('\n')
			.replace(', 1 of the same version with other files', '')
			.replace('what            old', 'what        old')
			.replace(/^(?:( {2})(added|removed|upgraded)) {4}/gm, '$1$2')
			.replace(/ 1 {2}deb/g, ' -  deb');
		t.assert.equal(stdout.endsWith(`\n\n${withoutFiles}\n`), true, stdout);
	});

	test('are not known where the report does not have them', async (t) => {
		const folder = await folderWithBoth(t);
		await runProgram(['report', 'old.tar', '-o', 'old.json', '--only', 'figures,changes'], { folder });
		const { stdout } = await runProgram(['diff', 'old.json', 'new.tar'], { folder });
		t.assert.match(
			stdout,
			/^Packages {2}not known, because OLD is a saved report without packages; a report that fathom report writes has them$/m,
		);
		const args = ['diff', 'old.json', 'new.tar', '--format', 'json'];
		const { differs, packages } = parseDifference((await runProgram(args, { folder })).stdout);
		t.assert.deepEqual([differs.packages, packages], [null, null]);
	});

	test('are refused where a row is none', async (t) => {
		const folder = await folderWithBoth(t);
		await runProgram(['report', 'old.tar', '-o', 'old.json'], { folder });
		const report = await readFile(join(folder, 'old.json'), 'utf8');
		await writeFile(join(folder, 'bad.json'), report.replace(/"addedBytes": \d+/, '"addedBytes": -4'));
		const { status, stderr } = await runProgram(['diff', 'bad.json', 'new.tar'], { folder });
		t.assert.equal(status, 2);
		t.assert.match(
			stderr,
			/^fathom: The old image: bad\.json: packages\[0\]\.addedBytes is missing, or is not/,
		);
	});
});
