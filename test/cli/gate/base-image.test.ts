import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file } from '../../support/archives/tar-entry.ts';
import { parseReport } from '../../support/report.ts';
import { runProgram } from '../run-program.ts';
import { baseSteps, folderOf, imageOf, type Step, steps } from './app-images.ts';

/** A base that ships a file twice, and an app on it that wastes a little of its own. */
const wasteful: readonly Step[] = [...baseSteps, ['RUN upgrade', [file('bin/sh', 'S'.repeat(300_000))]]];
const app: readonly Step[] = [...wasteful, steps.code];

function folderWithBase(t: TestContext): Promise<string> {
	return folderOf(t, {
		'base.tar': imageOf(wasteful, { names: ['base:1'] }),
		'newer.tar': imageOf([steps.os, ['RUN other', [file('x', 'x')]], ...wasteful.slice(2)], {
			names: ['base:2'],
		}),
		'taller.tar': imageOf([...app, steps.remove], { names: ['base:3'] }),
		'foreign.tar': imageOf([steps.code]),
		'app.tar': imageOf(app),
	});
}

describe('--base IMAGE', () => {
	test('takes the layers of that image for the base', async (t) => {
		const folder = await folderWithBase(t);
		const { status, stdout } = await runProgram(['report', 'app.tar', '--base', 'base.tar'], { folder });
		t.assert.equal(status, 0);
		const { base, baseLayers, addedLayers } = parseReport(stdout);
		t.assert.deepEqual(base, { layerCount: 3, origin: 'named', image: 'base.tar' });
		t.assert.deepEqual(baseLayers, { wastedBytes: 300_000, layerBytes: 800_000, wastedRatio: 0.375 });
		t.assert.deepEqual(addedLayers, { wastedBytes: 0, layerBytes: 50_000, wastedRatio: 0 });
	});

	test('is said in the summary, with what the base wastes itself', async (t) => {
		const folder = await folderWithBase(t);
		const { stdout } = await runProgram(['app.tar', '--base', 'base.tar'], { folder });
		t.assert.match(
			stdout,
			/^ {2}base waste +300 kB {2}wasted by the base itself, of the 800 kB that it ships$/m,
		);
		t.assert.match(stdout, /above the base \(the first 3 layers, which are base\.tar\)$/m);
	});

	for (const [base, message] of [
		['newer.tar', 'it shares only the first layer of 3'],
		['taller.tar', 'it shares only the first 4 layers of 5'],
		['foreign.tar', 'it shares none of its layers'],
	] as const) {
		test(`${base} is refused, because ${message}`, async (t) => {
			const folder = await folderWithBase(t);
			t.assert.deepEqual(await runProgram(['ci', 'app.tar', '--base', base], { folder }), {
				status: 2,
				stdout: '',
				stderr:
					`fathom: --base ${base}: the image is not built on it; ${message}.\n` +
					'try: Name the very image that it was built from, or say how many layers are the base, as in --base 1.\n',
			});
		});
	}

	test('says which image could not be read', async (t) => {
		const folder = await folderWithBase(t);
		const { status, stderr } = await runProgram(['ci', 'app.tar', '--base', 'gone.tar'], { folder });
		t.assert.deepEqual(
			[status, stderr.split('\n')[0]],
			[2, 'fathom: --base gone.tar: there is no such file or folder.'],
		);
	});

	test('cannot come by standard input if the image does', async (t) => {
		const { status, stderr } = await runProgram(['-', '--base', '-']);
		t.assert.deepEqual(
			[status, stderr.split('\n')[0]],
			[2, 'fathom: --base -: the image itself comes by standard input.'],
		);
	});
});

describe('a base in the settings that does not fit', () => {
	const notBuilt = 'the image is not built on it; it shares none of its layers';
	const places: readonly (readonly [file: string, environment: Record<string, string>, problem: string])[] = [
		['base: foreign.tar', {}, `fathom.yaml:1: base foreign.tar: ${notBuilt}`],
		[
			'rules:\n  max-size: 1GB\nbase: gone.tar',
			{},
			'fathom.yaml:3: base gone.tar: there is no such file or folder',
		],
		['# 9\nbase: 9', {}, 'fathom.yaml:2: base 9: the image has only 4 layers'],
		['base: 1', { FATHOM_BASE: 'foreign.tar' }, `FATHOM_BASE foreign.tar: ${notBuilt}`],
	];
	for (const [text, environment, problem] of places) {
		test(`${problem}: is passed over with a notice, and an error of the gate`, async (t) => {
			const folder = await folderWithBase(t);
			await writeFile(join(folder, 'fathom.yaml'), text);
			const shown = await runProgram(['report', 'app.tar'], { folder, environment });
			const { base, notices } = parseReport(shown.stdout);
			t.assert.deepEqual([shown.status, base.origin], [0, 'first-layer']);
			t.assert.deepEqual(notices, [{ code: 'base-not-used', message: `${problem}. It is not used.` }]);
			const judged = await runProgram(['ci', 'app.tar'], { folder, environment });
			t.assert.deepEqual([judged.status, judged.stderr.split('\n')[0]], [2, `fathom: ${problem}.`]);
		});
	}

	test('keeps no image from being shown or compared', async (t) => {
		const folder = await folderWithBase(t);
		await writeFile(join(folder, 'fathom.yaml'), 'base: newer.tar');
		await runProgram(['report', 'app.tar', '--base', '2', '--output', 'app.json'], { folder });
		for (const args of [
			['app.tar'],
			['demo'],
			['diff', 'app.json', 'base.tar'],
			['diff', 'newer.tar', 'app.tar'],
		]) {
			const { status, stderr } = await runProgram(args, { folder });
			t.assert.deepEqual([status, stderr], [0, '']);
		}
		const { stdout } = await runProgram(['app.tar'], { folder });
		t.assert.match(stdout, /^notice: fathom\.yaml:1: base newer\.tar: the image is not built on it; /m);
	});
});

describe('--ignore-base', () => {
	test('leaves out of the rules what the base wastes, also of lowest-efficiency', async (t) => {
		const folder = await folderWithBase(t);
		const strict = await runProgram(['ci', 'app.tar', '--base', 'base.tar'], { folder });
		t.assert.match(strict.stdout, /\nFAIL: lowest-efficiency\.\n$/);
		const args = ['ci', 'app.tar', '--base', 'base.tar', '--ignore-base', '--highest-wasted-bytes', '0'];
		const { status, stdout } = await runProgram(args, { folder });
		t.assert.equal(status, 0);
		t.assert.match(
			stdout,
			/^ {2}base +the first 3 layers, which are base\.tar; the rules leave out the 300 kB that it wastes itself$/m,
		);
		t.assert.match(stdout, /^ {2}lowest-efficiency +100\.0 % +>= 90\.0 % +pass$/m);
	});

	test('leaves it out of a baseline that is built on the same base, be it an image or a report', async (t) => {
		const folder = await folderWithBase(t);
		await runProgram(['report', 'base.tar', '--output', 'base.json'], { folder });
		for (const baseline of ['base.tar', 'base.json']) {
			const args = ['--base', 'base.tar', '--ignore-base', '--baseline', baseline, '--max-waste-growth', '0'];
			const { stdout } = await runProgram(['ci', 'app.tar', ...args], { folder });
			t.assert.match(stdout, /^ {2}max-waste-growth +0 B +<= 0 B +pass$/m);
			t.assert.match(stdout, /^ {2}max-efficiency-drop +0 points +<= 1 point +pass$/m);
		}
	});

	test('does not compare waste above different bases, unless both are named', async (t) => {
		const other: readonly Step[] = [
			['ADD other.tar /', [file('bin/sh', 'o'.repeat(300_000))]],
			steps.runtime,
		];
		const folder = await folderOf(t, {
			'base.tar': imageOf(other, { names: ['base:2'] }),
			'before.tar': imageOf([...baseSteps, steps.code]),
			'now.tar': imageOf([...other, steps.code, steps.download, steps.remove]),
		});
		const rules = ['--ignore-base', '--highest-wasted-percent', 'off', '--max-waste-growth', '0'];
		const now = ['ci', 'now.tar', '--lowest-efficiency', 'off', ...rules];
		for (const base of [['--base', 'base.tar'], []]) {
			const { status, stdout } = await runProgram([...now, ...base, '--baseline', 'before.tar'], { folder });
			t.assert.equal(status, 0);
			t.assert.match(
				stdout,
				/^warning: max-efficiency-drop, max-waste-growth are not judged: the base of the baseline is another one; give --base here and when the baseline is saved, or leave --ignore-base out\.$/m,
			);
		}
		await runProgram(['report', 'before.tar', '--base', '2', '--output', 'before.json'], { folder });
		const named = [...now, '--base', 'base.tar', '--baseline', 'before.json'];
		const { status, stdout } = await runProgram(named, { folder });
		t.assert.equal(status, 1);
		t.assert.match(stdout, /^ {2}max-waste-growth +150 kB +<= 0 B +FAIL$/m);
	});

	test('takes of a saved baseline the layers that are the base of the image', async (t) => {
		const folder = await folderWithBase(t);
		await runProgram(['report', 'app.tar', '--base', '3', '--output', 'app.json'], { folder });
		const args = ['--ignore-base', '--baseline', 'app.json', '--max-waste-growth', '0'];
		const { stdout } = await runProgram(['ci', 'app.tar', ...args], { folder });
		t.assert.match(stdout, /^ {2}max-waste-growth +0 B +<= 0 B +pass$/m);
	});
});
