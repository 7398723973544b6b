import { describe, test } from 'node:test';
import { judge, judgeRule } from '../../source/gate/judge.ts';
import { maxEfficiencyDrop } from '../../source/gate/max-efficiency-drop.ts';
import { maxPull } from '../../source/gate/max-pull.ts';
import { maxSize } from '../../source/gate/max-size.ts';
import { maxSizeGrowth } from '../../source/gate/max-size-growth.ts';
import { maxWasteGrowth } from '../../source/gate/max-waste-growth.ts';
import type { Limit, Rule, RuleInput } from '../../source/gate/rule.ts';
import { defaultSettings } from '../../source/settings/settings.ts';
import { file, whiteout } from '../support/archives/tar-entry.ts';
import { waysOfReading } from '../support/load-layers.ts';
import { inputOfSession, ruleInputOf } from './rule-input.ts';

/** The value, the limit and the outcome of each part of a limit. */
function parts(rule: Rule, input: RuleInput, limit: Limit | null) {
	return judgeRule(rule, input, { limit }).map((each) => [each.measured.value, each.limit, each.outcome]);
}

const base = [file('os', 'o'.repeat(940))];

describe('max-efficiency-drop', async () => {
	// From 1 to 94 %, of 1000 bytes.
	const worse = await ruleInputOf([base, [file('a', 'a'.repeat(60))], [whiteout('a')]], [base]);

	test('is the drop in percentage points, exactly', (t) => {
		t.assert.deepEqual(parts(maxEfficiencyDrop, worse, 6), [[6, 6, 'pass']]);
		t.assert.deepEqual(parts(maxEfficiencyDrop, worse, 5.999), [[6, 5.999, 'fail']]);
	});

	test('is negative where efficiency rose, and passes', async (t) => {
		const better = await ruleInputOf([base], [base, [file('a', 'a'.repeat(60))], [whiteout('a')]]);
		t.assert.deepEqual(parts(maxEfficiencyDrop, better, 0), [[-6, 0, 'pass']]);
	});

	test('is not troubled by binary fractions: from 95 % to 94 % is one point', async (t) => {
		const before = [[file('os', 'o'.repeat(950))], [file('a', 'a'.repeat(50))], [whiteout('a')]];
		const after = [[file('os', 'o'.repeat(940))], [file('a', 'a'.repeat(60))], [whiteout('a')]];
		t.assert.deepEqual(parts(maxEfficiencyDrop, await ruleInputOf(after, before), 1), [[1, 1, 'pass']]);
	});

	test('is on by default, with one point, where there is a baseline', (t) => {
		const { judgements } = judge(() => worse, { ...defaultSettings, hasBaseline: true });
		const found = judgements.find(({ rule }) => rule === maxEfficiencyDrop);
		t.assert.deepEqual([found?.limit, found?.outcome], [1, 'fail']);
	});
});

describe('rules about change', async () => {
	const alone = await ruleInputOf([base]);

	test('are left out without a baseline unless somebody set a limit', (t) => {
		const limits = { ...defaultSettings.limits, 'max-pull': 5 };
		const keys = judge(() => alone, { limits }).judgements.map(({ rule, outcome }) => [rule.key, outcome]);
		t.assert.deepEqual(keys, [
			['lowest-efficiency', 'pass'],
			['highest-wasted-bytes', 'off'],
			['highest-wasted-percent', 'pass'],
			['max-size', 'off'],
			['forbid-findings', 'off'],
			['max-pull', 'not-judged'],
		]);
	});

	test('do not judge where a baseline was named that cannot be used, and say why', (t) => {
		const { judgements, passed } = judge(() => alone, { ...defaultSettings, hasBaseline: true });
		const drop = judgements.find(({ rule }) => rule === maxEfficiencyDrop);
		t.assert.deepEqual(drop?.measured, { value: null, obstacle: 'there is no baseline' });
		t.assert.equal(passed, true);
	});
});

describe('max-size-growth', async () => {
	// A layer of one file of 1000 bytes takes 2048 more in its tar.
	const grown = await ruleInputOf([base, [file('a', 'a'.repeat(1000))]], [base]);
	const before = grown.baseline?.figures.unpackedBytes ?? 0;
	const growth = grown.figures.unpackedBytes - before;

	test('is held against bytes, against a percentage, or against both', (t) => {
		t.assert.deepEqual(parts(maxSizeGrowth, grown, { bytes: growth }), [[growth, growth, 'pass']]);
		t.assert.deepEqual(parts(maxSizeGrowth, grown, { percent: 0.5 }), [[growth / before, 0.5, 'fail']]);
		t.assert.deepEqual(parts(maxSizeGrowth, grown, { bytes: growth - 1, percent: 2 }), [
			[growth, growth - 1, 'fail'],
			[growth / before, 2, 'pass'],
		]);
	});

	test('passes for an image that got smaller', async (t) => {
		const [[value, , outcome]] = parts(maxSizeGrowth, await ruleInputOf([base], [base, base]), { bytes: 0 });
		t.assert.deepEqual([Number(value) < 0, outcome], [true, 'pass']);
	});

	test('counts what was shipped and taken away again', async (t) => {
		const image = await ruleInputOf([base, [file('a', 'a'.repeat(5000))], [whiteout('a')]], [base]);
		t.assert.equal(parts(maxSizeGrowth, image, { bytes: 4999 })[0][2], 'fail');
	});
});

describe('max-waste-growth', () => {
	test('is the growth of the wasted bytes', async (t) => {
		const waste = (bytes: number) => [base, [file('a', 'a'.repeat(bytes))], [whiteout('a')]];
		const input = await ruleInputOf(waste(30), waste(10));
		t.assert.deepEqual(parts(maxWasteGrowth, input, { bytes: 20, percent: 2 }), [
			[20, 20, 'pass'],
			[2, 2, 'pass'],
		]);
		t.assert.deepEqual(parts(maxWasteGrowth, input, { bytes: 19 }), [[20, 19, 'fail']]);
	});

	test('from nothing breaks any percentage', async (t) => {
		const input = await ruleInputOf([base, [whiteout('os')]], [base]);
		t.assert.deepEqual(parts(maxWasteGrowth, input, { percent: 100 }), [
			[Number.POSITIVE_INFINITY, 100, 'fail'],
		]);
	});
});

describe('max-size', async () => {
	const image = await ruleInputOf([base, [file('a', 'a'.repeat(60))], [whiteout('a')]]);
	const { unpackedBytes, storedBytes } = image.figures;

	test('limits what the image takes stored, unpacked, or in the final file system', (t) => {
		t.assert.deepEqual(
			parts(maxSize, image, { live: 940, unpacked: unpackedBytes, stored: storedBytes - 1 }),
			[
				[unpackedBytes, unpackedBytes, 'pass'],
				[storedBytes, storedBytes - 1, 'fail'],
				[940, 940, 'pass'],
			],
		);
	});
});

describe('max-pull', () => {
	const added = [file('a', 'a'.repeat(60))];
	const pulled = async (way: keyof typeof waysOfReading, wayBefore: keyof typeof waysOfReading) => {
		const newer = await waysOfReading[way]([base, added]);
		const input = await inputOfSession(newer, await waysOfReading[wayBefore]([base]));
		const [{ measured, outcome }] = judgeRule(maxPull, input, { limit: 1 });
		return { ...measured, bytes: newer.figures.layers[1].storedBytes, outcome };
	};

	test('is the stored bytes of the layers that the baseline does not have', async (t) => {
		const { value, bytes, outcome, mark } = await pulled(
			'OCI layout folder with gzip layers',
			'OCI layout folder with gzip layers',
		);
		t.assert.deepEqual([value, outcome, mark], [bytes, 'fail', undefined]);
	});

	test('counts a blob once that the image has twice', async (t) => {
		const open = waysOfReading['OCI layout folder with gzip layers'];
		const newer = await open([base, added, [whiteout('a')], added]);
		const [{ measured }] = judgeRule(maxPull, await inputOfSession(newer, await open([base])), { limit: 1 });
		const [, once, twice] = newer.figures.layers;
		t.assert.equal(measured.value, once.storedBytes + twice.storedBytes);
	});

	test('says where layers are stored uncompressed, and judges that against a baseline that is as well', async (t) => {
		const { value, bytes, outcome, mark } = await pulled('docker archive', 'docker archive');
		t.assert.deepEqual([value, outcome, mark], [bytes, 'fail', 'uncompressed']);
	});

	test('does not judge where the two store their layers in different ways', async (t) => {
		const unlike = await pulled('docker archive', 'OCI layout folder with gzip layers');
		t.assert.deepEqual(
			[unlike.value, unlike.outcome, unlike.obstacle],
			[
				unlike.bytes,
				'not-judged',
				'the new layers are stored uncompressed, and those of the baseline compressed',
			],
		);
	});

	test('finds a layer by its diff ID where the blob is another one, and is 0 then', async (t) => {
		const newer = await waysOfReading['docker archive']([base]);
		const older = await waysOfReading['OCI layout folder with gzip layers']([base]);
		const [judgement] = judgeRule(maxPull, await inputOfSession(newer, older), { limit: 0 });
		t.assert.deepEqual([judgement.measured, judgement.outcome], [{ value: 0 }, 'pass']);
	});
});

describe('the level of a rule', async () => {
	const image = await ruleInputOf([base, [whiteout('os')]]);

	test('warn lets the image pass', (t) => {
		const details = {
			'lowest-efficiency': { level: 'warn', reason: 'soon' },
			'highest-wasted-percent': { level: 'warn' },
		} as const;
		const { passed, judgements } = judge(() => image, { limits: defaultSettings.limits, details });
		t.assert.equal(passed, true);
		t.assert.deepEqual(
			judgements.slice(0, 1).map(({ outcome, reason, findings }) => [outcome, reason, findings[0].level]),
			[['warn', 'soon', 'warn']],
		);
	});
});
