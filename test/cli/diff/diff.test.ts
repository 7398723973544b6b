import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { parseDifference } from '../../support/pair/difference-reports.ts';
import { newBuild, oldBuild } from '../../support/pair/two-builds.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Outcome, runProgram } from '../run-program.ts';

/** A folder with `old.tar` and `new.tar`. */
async function folderWithBuilds(t: TestContext): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'old.tar'), dockerArchive([oldBuild]));
	await writeFile(join(folder, 'new.tar'), dockerArchive([newBuild]));
	return folder;
}

describe('fathom diff', () => {
	const diff = async (t: TestContext, ...args: readonly string[]): Promise<Outcome> =>
		runProgram(['diff', ...args], { folder: await folderWithBuilds(t) });

	test('prints into a pipe from where to where once, the figures, and the greatest differences', async (t) => {
		const { status, stdout, stderr } = await diff(t, 'old.tar', 'new.tar');
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.equal(stdout.split('\n')[0], 'old.tar -> new.tar');
		t.assert.equal(stdout.match(/old\.tar/g)?.length, 1);
		t.assert.match(stdout, /^ {2}wasted +30 kB +31 kB +\+1 kB {2}/m);
		t.assert.match(stdout, /^ {2}A +- +12\.3 kB +\+12\.3 kB {2}\/opt\/agent$/m);
		t.assert.doesNotMatch(stdout, /…/);
	});

	test('writes JSON that its schema describes', async (t) => {
		const { status, stdout } = await diff(t, 'old.tar', 'new.tar', '--format', 'json');
		const { old, new: newer, differs, files } = parseDifference(stdout);
		t.assert.deepEqual([status, old.reference, newer.reference], [0, 'old.tar', 'new.tar']);
		t.assert.deepEqual(differs, { files: true, packages: false, layers: true, config: true });
		t.assert.equal(files?.length, 16);
	});

	test('writes markdown to a file, and JSON to another one', async (t) => {
		const folder = await folderWithBuilds(t);
		const outputs = ['--format', 'markdown', '-o', 'comment.md', '--json', 'difference.json'];
		const { status, stdout } = await runProgram(['diff', 'old.tar', 'new.tar', ...outputs], { folder });
		t.assert.deepEqual([status, stdout], [0, '']);
		t.assert.match(await readFile(join(folder, 'comment.md'), 'utf8'), /^### ` old\.tar ` → ` new\.tar `\n/);
		t.assert.equal(
			parseDifference(await readFile(join(folder, 'difference.json'), 'utf8')).files?.length,
			16,
		);
	});

	test('with one reference and two platforms, says how a path is given', async (t) => {
		const platforms = ['--platform', 'linux/amd64', '--platform', 'linux/arm64'];
		const { status, stderr } = await diff(t, ...platforms, 'old.tar', '/nowhere/motd');
		t.assert.deepEqual(
			[status, stderr],
			[
				2,
				'fathom: The new image: /nowhere/motd: there is no such file or folder.\n' +
					'try: Name the image twice before a PATH.\n',
			],
		);
		const { stderr: ofTwo } = await diff(t, 'old.tar', '/nowhere/motd');
		t.assert.doesNotMatch(ofTwo, /twice/);
	});

	test('leaves out what is to be ignored, and the parts that are not asked for', async (t) => {
		const only = ['--only', 'files', '--only', 'config,files', '--ignore', 'app', '--ignore', '/opt/agent'];
		const { stdout } = await diff(t, 'old.tar', 'new.tar', '--format', 'json', ...only);
		const report = parseDifference(stdout);
		t.assert.deepEqual(
			report.files?.map(({ path }) => path),
			['opt'],
		);
		t.assert.deepEqual(report.counts?.added, { files: 0, directories: 1 });
		t.assert.deepEqual([report.layers, report.totals, report.config?.length], [undefined, undefined, 12]);
	});

	const codes: readonly (readonly [status: number, ...args: readonly string[]])[] = [
		[0, 'old.tar', 'new.tar'],
		[1, 'old.tar', 'new.tar', '--exit-code'],
		[0, 'old.tar', 'old.tar', '--exit-code'],
		[1, 'old.tar', 'new.tar', '--exit-code', '--only', 'config', '--format', 'markdown'],
		[0, 'old.tar', 'new.tar', '--exit-code', '--only', 'figures'],
		[1, 'old.tar', 'new.tar', '--exit-code', '--only', 'files', '--ignore', 'app'],
		[0, 'old.tar', 'new.tar', '--exit-code', '--only', 'files', '--ignore', 'app', '--ignore', 'opt'],
		[2, 'old.tar', 'nowhere.tar', '--exit-code'],
		[2, 'nowhere.tar', 'new.tar'],
	];
	for (const [expected, ...args] of codes)
		test(`${args.join(' ')} exits with ${expected}`, async (t) => {
			t.assert.equal((await diff(t, ...args)).status, expected);
		});

	const invalid: readonly (readonly [message: string, ...flags: readonly string[]])[] = [
		[
			'--only: expected files, packages, layers, config or figures, got "layer".\ntry: --only layers',
			'--only',
			'files,layer',
		],
		['--only: expected files, packages, layers, config or figures, got "".', '--only', ','],
		[
			'--format: expected text, json or markdown, got "markdwn".\ntry: --format markdown',
			'--format',
			'markdwn',
		],
		['--ignore ./: a glob names a path.', '--ignore', './'],
		['--ignore a[b: a [ has no ].', '--ignore', 'a[b'],
		['--ignore *.{js,map: a { has no }.', '--ignore', '*.{js,map'],
		[
			'--output new.tar: this is the image itself, and the report would replace it.\ntry: Name another file for the report.',
			'-o',
			'new.tar',
		],
		[
			'--json and --output both name a, and one report would replace the other.\ntry: Name two files.',
			'-o',
			'a',
			'--json',
			'a',
		],
	];
	for (const [message, ...flags] of invalid)
		test(`refuses ${flags.join(' ')}`, async (t) => {
			const { status, stdout, stderr } = await diff(t, 'old.tar', 'new.tar', ...flags);
			t.assert.deepEqual([status, stdout, stderr], [2, '', `fathom: ${message}\n`]);
		});
});
