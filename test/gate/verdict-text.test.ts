import { describe, test } from 'node:test';
import { pathOf } from '../../source/filetree/paths.ts';
import { judge, judgeRule } from '../../source/gate/judge.ts';
import { maxEfficiencyDrop } from '../../source/gate/max-efficiency-drop.ts';
import { maxWasteGrowth } from '../../source/gate/max-waste-growth.ts';
import type { Rule } from '../../source/gate/rule.ts';
import { forEachRule, type RuleLimits } from '../../source/gate/rules.ts';
import { formatConclusion, formatResults } from '../../source/gate/verdict-text.ts';
import { plain } from '../../source/text/paint.ts';
import { file, whiteout } from '../support/archives/tar-entry.ts';
import { ruleInputOf } from './rule-input.ts';

const layout = { width: 80, paint: plain };
const everyRuleOff: RuleLimits = forEachRule(() => null);

describe('the table of the gate', async () => {
	const image = await ruleInputOf([
		[file('kept', 'k'.repeat(9_999))],
		[file('gone', 'g'.repeat(10_001)), file('more', 'm'.repeat(80_000))],
		[whiteout('gone')],
	]);

	test('says of each rule its value, its limit and the verdict', (t) => {
		const verdict = judge(() => image, {
			limits: {
				...everyRuleOff,
				'lowest-efficiency': 0.95,
				'highest-wasted-bytes': 20_000,
			},
		});
		t.assert.deepEqual(formatResults(verdict, layout), [
			'  rule                     value      limit  verdict',
			'  lowest-efficiency       90.0 %  >= 95.0 %  FAIL',
			'  highest-wasted-bytes     10 kB   <= 20 kB  pass',
			'  highest-wasted-percent  11.1 %          -  off',
			'  max-size: unpacked      106 kB          -  off',
			'  forbid-findings              0          -  off',
		]);
	});

	test('shows a value and a limit exactly when they differ but round to the same text', (t) => {
		const verdict = judge(() => image, {
			limits: {
				...everyRuleOff,
				'lowest-efficiency': 0.9,
				'highest-wasted-bytes': 10_000,
			},
		});
		t.assert.deepEqual(formatResults(verdict, layout), [
			'  rule                       value        limit  verdict',
			'  lowest-efficiency       89.999 %      >= 90 %  FAIL',
			'  highest-wasted-bytes    10,001 B  <= 10,000 B  FAIL',
			'  highest-wasted-percent    11.1 %            -  off',
			'  max-size: unpacked        106 kB            -  off',
			'  forbid-findings                0            -  off',
		]);
	});
});

describe('a limit on the drop of efficiency', async () => {
	// From 1 to 94 %, of 1000 bytes.
	const base = [file('os', 'o'.repeat(940))];
	const sixPoints = await ruleInputOf([base, [file('a', 'a'.repeat(60))], [whiteout('a')]], [base]);
	const cases: readonly (readonly [limit: number, cells: RegExp])[] = [
		[1, / 6 points {2}<= 1 point {2}FAIL$/],
		[6.0001, / 6 points {2}<= 6\.0001 points {2}pass$/],
		[0.00001, / 6 points {2}<= 0\.00001 points {2}FAIL$/],
		[0.0000001, / 6 points {2}<= 0\.0000001 points {2}FAIL$/],
	];
	for (const [limit, cells] of cases)
		test(`of ${limit} is written as it is`, (t) => {
			const [, line] = formatResults(
				{ judgements: judgeRule(maxEfficiencyDrop, sixPoints, { limit }) },
				layout,
			);
			t.assert.match(line, cells);
		});

	test('is one point beside a value that is a little more', async (t) => {
		const before = [[file('os', 'o'.repeat(989_999)), file('b', 'b'.repeat(10_001))]];
		const after = [[file('os', 'o'.repeat(989_999))], [file('b', 'b'.repeat(10_001))], [whiteout('b')]];
		const input = await ruleInputOf(after, before);
		const [, line] = formatResults({ judgements: judgeRule(maxEfficiencyDrop, input, { limit: 1 }) }, layout);
		t.assert.match(line, / 1\.0001 points {2}<= 1 point {2}FAIL$/);
	});

	test('as a percentage is written as it is, also where there was nothing', async (t) => {
		const input = await ruleInputOf([base, [whiteout('os')]], [base]);
		const judgements = judgeRule(maxWasteGrowth, input, { limit: { percent: 0.0000001 } });
		t.assert.match(formatResults({ judgements }, layout)[1], / from 0 B {2}<= 0\.00001 % {2}FAIL$/);
	});
});

describe('findings about a part of the image', async () => {
	const image = await ruleInputOf([[file('a', '12345')], [file('b', '1')], [file('c\u202e', '123')]]);
	const shared = {
		syntax: 'bytes',
		needs: [],
		bound: 'highest',
		defaultLimit: null,
		isAboutChange: false,
	} as const;
	const measured = { name: null, unit: 'bytes', countsStoredBytes: false } as const;
	const layerRule: Rule = {
		...shared,
		key: 'highest-layer-bytes',
		summary: 'bytes of the largest layer',
		measures: [
			{
				...measured,
				what: 'bytes of a layer',
				measure: ({ figures }) => ({
					value: Math.max(...figures.layers.map(({ layerBytes }) => layerBytes)),
				}),
				check: ({ figures }, limit) =>
					figures.layers
						.filter(({ layerBytes }) => layerBytes > limit)
						.map(({ index, layerBytes }) => ({
							what: 'bytes of a layer',
							where: { kind: 'layer', layerIndex: index },
							value: layerBytes,
							limit,
							unit: 'bytes',
							level: 'fail',
						})),
			},
		],
	};
	const pathRule: Rule = {
		...shared,
		key: 'highest-last-bytes',
		summary: 'bytes of the last path',
		measures: [
			{
				...measured,
				what: 'bytes of a path',
				measure: () => ({ value: 3 }),
				check: ({ tree }, limit) => {
					const where = { kind: 'path', path: pathOf(tree, tree.nodeCount - 1) } as const;
					return [{ what: 'bytes of a path', where, value: 3, limit, unit: 'bytes', level: 'warn' }];
				},
			},
		],
	};
	const linesOf = (rule: Rule, limit: number) =>
		formatResults({ judgements: judgeRule(rule, image, { limit }) }, layout).slice(1);

	test('have a line each, which names the layer', (t) => {
		t.assert.deepEqual(linesOf(layerRule, 2), [
			'  highest-layer-bytes: layer 1    5 B  <= 2 B  FAIL',
			'  highest-layer-bytes: layer 3    3 B  <= 2 B  FAIL',
		]);
	});

	test('or the path, safe for a terminal', (t) => {
		t.assert.deepEqual(linesOf(pathRule, 2), ['  highest-last-bytes: /c\\u{202E}    3 B  <= 2 B  warn']);
	});

	test('leave one line with the value of the whole image when there are none', (t) => {
		t.assert.deepEqual(linesOf(layerRule, 5), ['  highest-layer-bytes    5 B  <= 5 B  pass']);
	});

	test('of level warn do not fail the image', (t) => {
		t.assert.equal(judgeRule(pathRule, image, { limit: 2 })[0].outcome, 'warn');
	});
});

describe('the conclusion of the gate', async () => {
	const image = await ruleInputOf([[file('a', 'x')], [whiteout('a')]]);
	const conclusion = (limits: Partial<RuleLimits>) =>
		formatConclusion(
			judge(() => image, { limits: { ...everyRuleOff, ...limits } }),
			plain,
		);

	test('counts the rules that hold', (t) => {
		t.assert.equal(conclusion({ 'highest-wasted-bytes': 1 }), 'PASS: 1 rule holds.');
		t.assert.equal(conclusion({ 'highest-wasted-bytes': 1, 'lowest-efficiency': 0 }), 'PASS: 2 rules hold.');
	});

	test('names the rules that fail', (t) => {
		t.assert.equal(
			conclusion({ 'highest-wasted-bytes': 0, 'lowest-efficiency': 0.9 }),
			'FAIL: lowest-efficiency, highest-wasted-bytes.',
		);
	});

	test('names the rules that warn where none holds', (t) => {
		const limits = { ...everyRuleOff, 'highest-wasted-bytes': 0 };
		const details = { 'highest-wasted-bytes': { level: 'warn' } } as const;
		const verdict = judge(() => image, { limits, details });
		t.assert.equal(formatConclusion(verdict, plain), 'PASS: no rule fails. Warnings: highest-wasted-bytes.');
	});

	test('says so when every rule is off', (t) => {
		t.assert.equal(conclusion({}), 'PASS: every rule is off.');
	});
});
