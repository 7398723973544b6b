import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file } from '../../support/archives/tar-entry.ts';
import { runProgram } from '../run-program.ts';
import { folderOf, goodSteps, imageOf } from './app-images.ts';

const good = imageOf(goodSteps);
const other = imageOf([['COPY tool /', [file('tool', 't'.repeat(100))]]], { names: ['tool:3'] });
const elsewhere = imageOf(goodSteps, { architecture: 'arm64', os: 'linux' });

async function folderWithBaselines(t: TestContext): Promise<string> {
	const folder = await folderOf(t, {
		'app.tar': imageOf(goodSteps, { architecture: 'amd64', os: 'linux' }),
		'other.tar': other,
		'arm.tar': elsewhere,
	});
	await runProgram(['report', 'app.tar', '--only', 'figures,changes', '--output', 'app.json'], { folder });
	const report = await readFile(join(folder, 'app.json'), 'utf8');
	const files: Readonly<Record<string, string>> = {
		'newer.json': report.replace('"schemaVersion": 1', '"schemaVersion": 7'),
		'package.json': '{"name":"app","version":"1.0.0","layers":[]}',
		'cut.json': report.slice(0, report.length / 2),
		'broken.json': `${report.trimEnd().slice(0, -1)},}`,
		'deep.json': `{"a":${'['.repeat(100_000)}`,
		'list.json': '[1, 2]',
		'empty.json': '',
		'notes.txt': 'notes about an image\n',
	};
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	return folder;
}

/** The baseline, why it cannot be used, and what to try. */
const unusable: readonly (readonly [string, string, string?])[] = [
	[
		'gone.tar',
		'there is no such file or folder',
		'Check the path; fathom reads image archives and OCI layout folders.',
	],
	['out/base.json', 'there is no such file', 'fathom ci IMAGE --save-baseline out/base.json writes one.'],
	['newer.json', 'it was written by a newer fathom (schema 7)', 'Update fathom.'],
	[
		'package.json',
		'it is JSON, but not a report of fathom: it looks like the manifest of an image',
		'Name an image, or a report that fathom report IMAGE -o FILE wrote.',
	],
	[
		'cut.json',
		'the file ends before the report does, in layers[0].changeCounts',
		'Write the report again: fathom report IMAGE -o FILE.',
	],
	['broken.json', 'it is not valid JSON', 'Write the report again: fathom report IMAGE -o FILE.'],
	[
		'deep.json',
		'the file ends before the report does, in a',
		'Write the report again: fathom report IMAGE -o FILE.',
	],
	[
		'other.tar',
		'it is of another image: no name and no layer are the same',
		'Name the image or the report that this image is to be compared with.',
	],
	[
		'arm.tar',
		'it is for linux/arm64, and this image is for linux/amd64',
		'Name the image or the report that this image is to be compared with.',
	],
];

describe('a baseline that cannot be used', async () => {
	for (const [baseline, reason, hint] of unusable) {
		test(`${baseline}: is a warning, and an error where a baseline is required`, async (t) => {
			const folder = await folderWithBaselines(t);
			const args = ['ci', 'app.tar', '--baseline', baseline];
			const { status, stdout, stderr } = await runProgram(args, { folder });
			t.assert.deepEqual([status, stderr], [0, '']);
			const warnings = stdout.split('\n').filter((line) => line.startsWith('warning: '));
			t.assert.deepEqual(warnings, [
				`warning: baseline ${baseline} cannot be used: ${reason}. Rules about change are not judged.`,
			]);
			t.assert.match(stdout, /\nPASS: 2 rules hold\. Not judged: max-efficiency-drop\.\n$/);
			const required = await runProgram([...args, '--require-baseline', '--json', 'out.json'], { folder });
			t.assert.deepEqual(required, {
				status: 2,
				stdout: '',
				stderr: `fathom: baseline ${baseline} cannot be used: ${reason}.\n${hint === undefined ? '' : `try: ${hint}\n`}`,
			});
			await t.assert.rejects(readFile(join(folder, 'out.json')));
		});
	}

	for (const [baseline, reason] of [
		['list.json', /^warning: baseline list\.json cannot be used: .*(?:not|no) .*$/m],
		['empty.json', /^warning: baseline empty\.json cannot be used: .*$/m],
		['notes.txt', /^warning: baseline notes\.txt cannot be used: .*$/m],
		['nowhere:1', /^warning: baseline nowhere:1 cannot be used: it was not found: Docker Engine.*$/m],
	] as const) {
		test(`${baseline}: says what it is`, async (t) => {
			const folder = await folderWithBaselines(t);
			const { status, stdout } = await runProgram(['ci', 'app.tar', '--baseline', baseline], { folder });
			t.assert.equal(status, 0);
			t.assert.match(stdout, reason);
		});
	}

	test('leaves the absolute rules to decide', async (t) => {
		const folder = await folderWithBaselines(t);
		const args = ['ci', 'app.tar', '--baseline', 'gone.tar', '--max-size', 'live:1kB'];
		const { status, stdout } = await runProgram(args, { folder });
		t.assert.equal(status, 1);
		t.assert.match(stdout, /\nFAIL: max-size\. Not judged: max-efficiency-drop\.\n$/);
	});
});

describe('a baseline', () => {
	test('of an image without a name and with other layers is used, and doubted', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'nameless.tar': { ...other, names: [] } });
		const { stdout } = await runProgram(['ci', 'app.tar', '--baseline', 'nameless.tar'], { folder });
		t.assert.match(
			stdout,
			/^warning: baseline nameless\.tar may be of another image: no layer is the same, and no name tells\.$/m,
		);
		t.assert.match(stdout, /^ {2}max-efficiency-drop +0 points +<= 1 point +pass$/m);
	});

	test('of the same repository with another tag and other layers fits', async (t) => {
		const older = imageOf([['COPY app /', [file('app', 'a'.repeat(100))]]], {
			names: ['registry.example/acme/app:0.9'],
		});
		const folder = await folderOf(t, { 'app.tar': good, 'older.tar': older });
		const { stdout } = await runProgram(['ci', 'app.tar', '--baseline', 'older.tar'], { folder });
		t.assert.doesNotMatch(stdout, /^warning/m);
	});

	test('that nobody names leaves a rule without judgement that somebody set a limit for', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good });
		const args = ['ci', 'app.tar', '--max-pull', '1MB', '--max-size-growth', '1MB'];
		const { status, stdout } = await runProgram(args, { folder });
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^warning: max-size-growth, max-pull are not judged: there is no baseline\.$/m);
		t.assert.match(stdout, /\nPASS: 2 rules hold\. Not judged: max-size-growth, max-pull\.\n$/);
	});

	test('is required by a flag only where one is named', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good });
		t.assert.deepEqual(await runProgram(['ci', 'app.tar', '--require-baseline'], { folder }), {
			status: 2,
			stdout: '',
			stderr:
				'fathom: --require-baseline: no baseline was named.\n' +
				'try: --baseline OLD, where OLD is an image or a JSON report that was saved.\n',
		});
	});

	test('cannot come by standard input if the image does, or the password', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good });
		const both = await runProgram(['ci', '-', '--baseline', '-'], { folder });
		t.assert.deepEqual(
			[both.status, both.stderr],
			[
				2,
				'fathom: --baseline -: the image itself comes by standard input.\ntry: Save the baseline to a file, and name that.\n',
			],
		);
		const args = ['ci', 'app.tar', '--baseline', '-', '--username', 'me', '--password-stdin'];
		const password = await runProgram(args, { folder, input: Buffer.from('secret\n') });
		t.assert.match(password.stderr, /^fathom: --baseline -: the password comes by standard input\.\n/);
	});

	test('is not saved where the image cannot be read', async (t) => {
		const folder = await folderOf(t, {});
		await writeFile(join(folder, 'app.tar'), 'no archive');
		const { status } = await runProgram(['ci', 'app.tar', '--save-baseline', 'base.json'], { folder });
		t.assert.equal(status, 2);
		await t.assert.rejects(readFile(join(folder, 'base.json')));
	});
});
