import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { directory, file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

const base = [directory('etc/'), file('etc/motd', 'welcome'), file('etc/same', 'one')];
const oldTop = [file('app', 'version 1'), file('kept', 'abc')];
const newTop = [file('app', 'version 2'), file('kept', 'abc'), file('more', 'x')];

/** A folder with an image before and after a change, and with the report of each. */
async function prepare(t: TestContext, { digests }: { readonly digests: boolean }) {
	const folder = await temporaryFolder(t);
	const save = async (name: string, layers: readonly (readonly TarEntry[])[]) => {
		await writeFile(join(folder, `${name}.tar`), dockerArchive([{ names: ['app:1'], layers }]));
		const flags = digests ? ['--digests'] : [];
		await runProgram(['report', `${name}.tar`, '-o', `${name}.json`, ...flags], { folder });
	};
	await save('old', [base, oldTop]);
	await save('new', [base, newTop]);
	const run = (args: readonly string[], input?: Uint8Array) =>
		runProgram(['diff', ...args], { folder, ...(input !== undefined && { input }) });
	return { folder, run };
}

describe('fathom diff with saved reports', () => {
	test('says that a report does not have the layers where they are to be read again', async (t) => {
		const { run } = await prepare(t, { digests: true });
		const why = 'is a saved report, which does not have the layers';
		const { stdout: strict } = await run(['--strict', 'old.json', 'new.tar']);
		t.assert.equal(strict.includes(`\n  layer 2: not compared, OLD ${why}\n`), true);
		const { stdout: reproducible } = await run(['--reproducible', 'old.tar', 'new.json']);
		t.assert.equal(reproducible.includes(`  Its content was not compared: NEW ${why}.\n`), true);
	});

	test('compares by content where they have digests: with an image, with each other, from standard input', async (t) => {
		const { folder, run } = await prepare(t, { digests: true });
		const rows = [
			'Files  1 added, 1 changed in content',
			'         old      new     delta  path',
			'  A        -      1 B      +1 B  /more',
			'  M      9 B      9 B       0 B  /app',
			'',
		].join('\n');
		const filesIn = (text: string) => text.slice(text.indexOf('Files  '));
		for (const older of ['old.json', 'old.tar', './old.json', 'archive:old.json']) {
			for (const newer of ['new.json', 'new.tar']) {
				const { status, stdout, stderr } = await run([older, newer]);
				t.assert.deepEqual([status, filesIn(stdout), stderr], [0, rows, '']);
				t.assert.equal(stdout.startsWith(`${older} -> ${newer}\n`), true);
			}
		}
		const report = await readFile(join(folder, 'old.json'));
		t.assert.equal(filesIn((await run(['-', 'new.tar'], report)).stdout), rows);
		const image = await readFile(join(folder, 'new.tar'));
		t.assert.equal(filesIn((await run(['old.json', '-'], image)).stdout), rows);
	});

	test('reads a report that is packed with gzip, from a file and from standard input', async (t) => {
		const { folder, run } = await prepare(t, { digests: true });
		const packed = gzipSync(await readFile(join(folder, 'old.json')));
		await writeFile(join(folder, 'packed'), packed);
		const { stdout: expected } = await run(['old.json', 'new.tar']);
		const below = (text: string) => text.slice(text.indexOf('\nFigures\n'));
		for (const outcome of [await run(['packed', 'new.tar']), await run(['-', 'new.tar'], packed)]) {
			t.assert.deepEqual([outcome.status, outcome.stderr], [0, '']);
			t.assert.equal(below(outcome.stdout), below(expected));
		}
		const { status } = await runProgram(['ci', 'new.tar', '--baseline', 'packed', '--require-baseline'], {
			folder,
		});
		t.assert.equal(status, 0);
	});

	test('refuses a packed report that is cut, damaged or unpacks to far too much', async (t) => {
		const { folder, run } = await prepare(t, { digests: true });
		const report = await readFile(join(folder, 'old.json'));
		const packed = gzipSync(report);
		const damaged = Buffer.from(packed);
		damaged[packed.length - 8] ^= 1;
		const large = gzipSync(
			Buffer.concat([report.subarray(0, 1), Buffer.alloc(100_000_000, ' '), report.subarray(1)]),
		);
		for (const [bytes, message] of [
			[
				packed.subarray(0, -20),
				/^fathom: The old image: bad: the gzip data ends too early, at byte \d+\.\ntry: Copy the file again, or write the report again: fathom report IMAGE -o FILE\.\n/,
			],
			[damaged, /^fathom: The old image: bad: the gzip data is damaged before byte \d+\.\n/],
			[large, /^fathom: The old image: bad unpacks to more than 200 times its size, /],
		] as const) {
			await writeFile(join(folder, 'bad'), bytes);
			const { status, stdout, stderr } = await run(['bad', 'new.tar']);
			t.assert.deepEqual([status, stdout], [2, '']);
			t.assert.match(stderr, message);
		}
	});

	test('says what is not known where they have none', async (t) => {
		const { run } = await prepare(t, { digests: false });
		const { stdout } = await run(['old.json', 'new.tar']);
		t.assert.match(stdout, /^ {2}old {2}app:1, saved report, linux\/amd64, /m);
		t.assert.equal(
			stdout.slice(stdout.indexOf('Files  ')),
			[
				'Files  1 added',
				'  2 files have the same size in both images, and nothing tells whether their contents are equal: equal sizes prove nothing. A report that fathom report --digests writes tells it.',
				'         old      new     delta  path',
				'  A        -      1 B      +1 B  /more',
				'',
			].join('\n'),
		);
		t.assert.match(
			(await run(['old.json', 'old.tar'])).stdout,
			/\nThe images are equal: the same files, layers and config\.\n$/,
		);
	});

	test('says what a report of an older fathom does not have', async (t) => {
		const { folder, run } = await prepare(t, { digests: true });
		const report = JSON.parse(await readFile(join(folder, 'old.json'), 'utf8'));
		for (const member of ['healthcheck', 'shell', 'onBuild']) delete report.image.config[member];
		for (const member of ['osVersion', 'osFeatures']) delete report.image[member];
		await writeFile(join(folder, 'older.json'), JSON.stringify(report));
		const { stdout } = await run(['new.tar', 'older.json']);
		t.assert.match(
			stdout,
			/^Not known of the new image: extended attributes, health check, shell, ONBUILD, OS version, OS features\. It is a report of an older fathom\.$/m,
		);
	});

	test('ends with 2 and one line where a report cannot be read', async (t) => {
		const { folder, run } = await prepare(t, { digests: false });
		const text = await readFile(join(folder, 'old.json'), 'utf8');
		const said = async (content: string, args: readonly string[] = ['bad.json', 'new.tar']) => {
			await writeFile(join(folder, 'bad.json'), content);
			const { status, stdout, stderr } = await run(args);
			t.assert.deepEqual([status, stdout], [2, '']);
			return stderr;
		};
		t.assert.equal(
			await said(text.replace('"schemaVersion": 1', '"schemaVersion": 2')),
			'fathom: The old image: bad.json was written by a newer fathom (schema 2).\ntry: Update fathom.\n',
		);
		t.assert.match(
			await said(text.slice(0, 3000), ['new.tar', 'bad.json']),
			/^fathom: The (?:old|new) image: bad\.json: the file ends before/,
		);
		t.assert.match(
			await said('{"schemaVersion":2,"layers":[]}'),
			/^fathom: The (?:old|new) image: bad\.json is JSON, but not a report/,
		);
		t.assert.match(
			await said(text.replace('"mode":"', '"mode":"x')),
			/^fathom: The (?:old|new) image: bad\.json: layers\[0\]\.changes\[0\]\.mode is/,
		);
		t.assert.match(
			await said(text.replace(',', ';')),
			/^fathom: The (?:old|new) image: bad\.json is not valid JSON/,
		);
		t.assert.match(
			await said(text, ['--max-paths', '2', 'bad.json', 'old.json']),
			/: the image has more than 2 paths/,
		);
		t.assert.match(
			await said(text, ['--platform', 'linux/riscv64', 'bad.json', 'old.json']),
			/^fathom: The (?:old|new) image: (?:bad|old)\.json is a report of an image for linux\/\w+, not for linux\/riscv64\.\ntry: /,
		);
		t.assert.match(
			await said(text, ['bad.json', 'nowhere.tar']),
			/^fathom: The new image: nowhere\.tar: there is no such file/,
		);
	});

	test('is named where a report is opened as an image', async (t) => {
		const { folder } = await prepare(t, { digests: false });
		for (const args of [['old.json'], ['report', 'old.json'], ['ci', 'old.json']]) {
			const { status, stderr } = await runProgram(args, { folder });
			t.assert.equal(
				stderr,
				'fathom: old.json is not a container image: it is a report of fathom.\n' +
					'try: To compare it with an image or another report: fathom diff REPORT IMAGE, with the report as JSON or gzip\n',
			);
			t.assert.equal(status, 2);
		}
	});

	test('are not the files of an OCI layout that are JSON', async (t) => {
		const { folder, run } = await prepare(t, { digests: false });
		await writeFile(join(folder, 'index.json'), '{"schemaVersion": 2, "manifests": []}');
		const { status, stderr } = await run(['index.json', 'new.tar']);
		t.assert.equal(status, 2);
		t.assert.doesNotMatch(stderr, /report/);
	});
});
