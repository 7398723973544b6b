import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseReport } from '../../support/report.ts';
import { runProgram } from '../run-program.ts';
import { folderOf, goodSteps, imageOf, type Step, steps, worseSteps } from './app-images.ts';

const good = imageOf(goodSteps);
const worse = imageOf(worseSteps);

function snapshot(t: TestContext, name: string, text: string): void {
	const path = fileURLToPath(new URL(`../../../snapshots/cli/${name}.txt`, import.meta.url));
	t.assert.fileSnapshot(text, path, { serializers: [String] });
}

describe('fathom ci --baseline', () => {
	test('from the first baseline to an image that got worse, and is mended', async (t) => {
		const mended = imageOf([...goodSteps, ['RUN fetch, build and remove', []] satisfies Step]);
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse, 'mended.tar': mended });
		const first = await runProgram(['ci', 'app.tar', '--save-baseline', 'base.json'], { folder });
		t.assert.deepEqual([first.status, first.stderr], [0, '']);
		t.assert.match(
			first.stdout,
			/\nnotice: the baseline was saved to base\.json\.\n\nPASS: 2 rules hold\.\n$/,
		);

		const saved = await readFile(join(folder, 'base.json'), 'utf8');
		const args = [
			'--baseline',
			'base.json',
			'--save-baseline',
			'base.json',
			'--max-size-growth',
			'100kB,50%',
		];
		const red = await runProgram(['ci', 'worse.tar', ...args, '--lowest-efficiency', '70%'], { folder });
		t.assert.deepEqual([red.status, red.stderr], [1, '']);
		snapshot(t, 'ci-worse', red.stdout);
		t.assert.equal(await readFile(join(folder, 'base.json'), 'utf8'), saved);

		const green = await runProgram(['ci', 'mended.tar', ...args], { folder });
		t.assert.deepEqual([green.status, green.stderr], [0, '']);
		snapshot(t, 'ci-mended', green.stdout);
		t.assert.equal(parseReport(await readFile(join(folder, 'base.json'), 'utf8')).layers.length, 4);
		t.assert.deepEqual(await readdir(folder), ['app.tar', 'base.json', 'mended.tar', 'worse.tar']);
	});

	test('says the same of an image and of its saved report', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		await runProgram(['report', 'app.tar', '--output', 'app.json'], { folder });
		await writeFile(
			join(folder, 'fathom.yaml'),
			'ignore-base: true\nrules:\n  max-size-growth: {limit: 1kB, ignore: src}\n  max-waste-growth: {limit: 1kB, ignore: ["**/*.c"]}\n',
		);
		const [image, report] = await Promise.all(
			['app.tar', 'app.json'].map((baseline) =>
				runProgram(['ci', 'worse.tar', '--baseline', baseline, '--max-pull', '1kB'], { folder }),
			),
		);
		t.assert.equal(image.status, 1);
		t.assert.deepEqual(report, { ...image, stdout: image.stdout.replace('(app.tar)', '(app.json)') });
	});

	test('compares with an archive that comes by standard input', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		const input = await readFile(join(folder, 'app.tar'));
		const { status, stdout } = await runProgram(['ci', 'worse.tar', '--baseline', '-'], { folder, input });
		t.assert.equal(status, 1);
		t.assert.match(stdout, /^ {2}max-efficiency-drop +\d+\.\d points +<= 1 point +FAIL$/m);
	});

	test('compares with a saved report that comes by standard input', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		await runProgram(['report', 'app.tar', '--output', 'app.json'], { folder });
		const input = await readFile(join(folder, 'app.json'));
		const streamed = await runProgram(['ci', 'worse.tar', '--baseline', '-'], { folder, input });
		const { status, stdout } = await runProgram(['ci', 'worse.tar', '--baseline', 'app.json'], { folder });
		t.assert.deepEqual([streamed.status, streamed.stdout], [status, stdout.replace('(app.json)', '(-)')]);
		t.assert.equal(status, 1);
	});

	test('puts the verdict into the JSON report', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		const args = ['--baseline', 'app.tar', '--json', 'out.json', '--max-size', 'live:1MB'];
		await runProgram(['ci', 'worse.tar', ...args], { folder });
		const { verdict } = parseReport(await readFile(join(folder, 'out.json'), 'utf8'));
		if (verdict === undefined) throw new TypeError('There is no verdict.');
		t.assert.deepEqual(verdict.baseline, {
			name: 'app.tar',
			isUsed: true,
			warnings: [],
			totals: { storedBytes: 556_032, unpackedBytes: 556_032, liveBytes: 550_000, wastedBytes: 0 },
			newLayers: [
				{ layerIndex: 3, reason: 'inserted' },
				{ layerIndex: 4, reason: 'inserted' },
			],
			grownPaths: [{ path: 'app/main', oldBytes: 50_000, newBytes: 90_000 }],
		});
		t.assert.equal(verdict.passed, false);
		const drop = verdict.rules.find(({ key }) => key === 'max-efficiency-drop');
		t.assert.deepEqual(
			[drop?.unit, drop?.limit, drop?.level, drop?.outcome, drop?.findings.length],
			['points', 1, 'fail', 'fail', 1],
		);
		t.assert.deepEqual(
			verdict.rules.flatMap(({ key, measure }) => (key === 'max-size' ? [measure] : [])),
			['live'],
		);
	});

	test('is printed where a job runs fathom IMAGE', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		const environment = { CI: 'true', FATHOM_BASELINE: 'app.tar' };
		const { status, stdout } = await runProgram(['worse.tar'], { folder, environment });
		t.assert.equal(status, 1);
		t.assert.match(stdout, /^Paths that grew most since the baseline$/m);
	});

	test('names paths safely for a terminal and for a log', async (t) => {
		const hostile = imageOf([
			...goodSteps,
			['RUN \u001B[31m', [...steps.code[1], fileCalled('\u202E##[error]x')]],
		]);
		const folder = await folderOf(t, { 'app.tar': good, 'new.tar': hostile });
		const { stdout } = await runProgram(['ci', 'new.tar', '--baseline', 'app.tar'], { folder });
		t.assert.match(stdout, /\+5 B {2} +- +5 B {2}\/\\u\{202E\}#/);
		for (const control of ['\u001B', '\u202E']) t.assert.equal(stdout.includes(control), false);
		t.assert.doesNotMatch(stdout, /##\[/);
	});
});

describe('a rule in fathom.yaml', () => {
	test('may warn, and says why it is there', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		const file = [
			'baseline: app.tar',
			'rules:',
			'  lowest-efficiency: off',
			'  highest-wasted-percent: off',
			'  max-efficiency-drop: {level: warn, reason: the build leaves sources behind}',
		];
		await writeFile(join(folder, 'fathom.yaml'), file.join('\n'));
		const { status, stdout } = await runProgram(['ci', 'worse.tar'], { folder });
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^ {2}max-efficiency-drop .* warn +the build leaves sources behind$/m);
		t.assert.match(stdout, /\nPASS: no rule fails\. Warnings: max-efficiency-drop\.\n$/);
	});

	test('that ignores paths says which, in words and in the report', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good, 'worse.tar': worse });
		const file = [
			'rules:',
			'  max-size: {limit: "unpacked:1GB,live:1GB", ignore: [src, "**/*.c"]}',
			'  max-size-growth: {limit: 1GB, ignore: never}',
		];
		await writeFile(join(folder, 'fathom.yaml'), file.join('\n'));
		const { stdout } = await runProgram(['ci', 'worse.tar', '--json', 'report.json'], { folder });
		t.assert.deepEqual(stdout.match(/^notice: .* does not count .*$/gm), [
			'notice: max-size does not count src, **/*.c.',
		]);
		const { verdict } = parseReport(await readFile(join(folder, 'report.json'), 'utf8'));
		const ignored = verdict?.rules.flatMap(({ key, ignore }) => (ignore.length === 0 ? [] : [[key, ignore]]));
		t.assert.deepEqual(ignored, [
			['max-size', ['src', '**/*.c']],
			['max-size', ['src', '**/*.c']],
			['max-size-growth', ['never']],
		]);
	});

	test('that ignores paths cannot have a limit on stored bytes from a flag', async (t) => {
		const folder = await folderOf(t, { 'app.tar': good });
		await writeFile(join(folder, 'fathom.yaml'), 'rules:\n  max-size: {ignore: src}\n');
		const outcome = await runProgram(['ci', 'app.tar', '--max-size', 'stored:1GB'], { folder });
		t.assert.deepEqual(outcome, {
			status: 2,
			stdout: '',
			stderr:
				'fathom: max-size: its limit is on stored bytes, of which no path can be left out, and fathom.yaml has ignore for it.\n' +
				'try: Leave ignore out, or set a limit on unpacked or live bytes.\n',
		});
	});
});

function fileCalled(name: string) {
	return { ...steps.code[1][1], name, content: Buffer.from('12345') };
}
