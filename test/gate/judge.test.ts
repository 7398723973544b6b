import { describe, test } from 'node:test';
import { highestWastedBytes } from '../../source/gate/highest-wasted-bytes.ts';
import { judge } from '../../source/gate/judge.ts';
import type { RuleInput } from '../../source/gate/rule.ts';
import { forEachRule, type RuleLimits, rules } from '../../source/gate/rules.ts';
import { defaultSettings } from '../../source/settings/settings.ts';
import { file, type TarEntry, whiteout } from '../support/archives/tar-entry.ts';
import { ruleInputOf } from './rule-input.ts';

const everyRuleOff: RuleLimits = forEachRule(() => null);

const outcomes = (image: RuleInput, limits: Partial<RuleLimits>) =>
	judge(() => image, { limits: { ...everyRuleOff, ...limits } })
		.judgements.filter(({ outcome }) => outcome !== 'off')
		.map(({ outcome }) => outcome);

describe('a figure against its limit', async () => {
	// 10 bytes are shipped and 1 of them is wasted, by the upper layer, which ships 5.
	const image = await imageOf(
		[file('base', '12345'), file('gone', '')],
		[file('a', '1'), file('b', '123'), file('a', '2')],
	);

	const cases: readonly (readonly [keyof RuleLimits, number, 'pass' | 'fail'])[] = [
		['lowest-efficiency', 0.9, 'pass'],
		['lowest-efficiency', 0.9000000000000001, 'fail'],
		['lowest-efficiency', 0.8999999999999999, 'pass'],
		['lowest-efficiency', 1, 'fail'],
		['highest-wasted-bytes', 1, 'pass'],
		['highest-wasted-bytes', 0, 'fail'],
		['highest-wasted-bytes', 2, 'pass'],
		['highest-wasted-percent', 0.2, 'pass'],
		['highest-wasted-percent', 0.19999999999999998, 'fail'],
		['highest-wasted-percent', 0.20000000000000004, 'pass'],
	];
	for (const [key, limit, expected] of cases) {
		test(`${key} ${limit}: ${expected}`, (t) => {
			t.assert.deepEqual(outcomes(image, { [key]: limit }), [expected]);
		});
	}
});

describe('the verdict', () => {
	test('passes when every rule is off', async (t) => {
		const image = await imageOf([file('a', 'x')], [whiteout('a')]);
		t.assert.equal(judge(() => image, { limits: everyRuleOff }).passed, true);
	});

	test('fails when one of several rules fails', async (t) => {
		const image = await imageOf([file('a', 'x')], [file('b', 'y')], [whiteout('b')]);
		const limits = { 'lowest-efficiency': 0.5, 'highest-wasted-bytes': 0 };
		t.assert.equal(judge(() => image, { limits: { ...everyRuleOff, ...limits } }).passed, false);
		t.assert.deepEqual(outcomes(image, limits), ['pass', 'fail']);
	});

	test('of an image with no bytes passes with the default limits', async (t) => {
		const image = await imageOf([file('empty', '')]);
		t.assert.equal(judge(() => image, defaultSettings).passed, true);
	});

	test('does not hold waste of the base image against the layers above it', async (t) => {
		const image = await imageOf([file('a', 'twice'), file('a', 'again')], [file('b', 'fine')]);
		t.assert.deepEqual(outcomes(image, { 'highest-wasted-percent': 0 }), ['pass']);
		t.assert.deepEqual(outcomes(image, { 'highest-wasted-bytes': 0 }), ['fail']);
	});
});

describe('the findings of a rule', async () => {
	const image = await imageOf([file('a', '12345')], [whiteout('a')]);
	const resultOf = (limit: number | null) =>
		judge(() => image, { limits: { ...everyRuleOff, 'highest-wasted-bytes': limit } }).judgements[1];

	test('say what breaks the limit, where, and by how much', (t) => {
		t.assert.deepEqual(resultOf(4).findings, [
			{
				what: highestWastedBytes.summary,
				where: { kind: 'image' },
				value: 5,
				limit: 4,
				unit: 'bytes',
				level: 'fail',
			},
		]);
	});

	for (const [what, limit] of [
		['holds', 5],
		['is off', null],
	] as const) {
		test(`are empty when it ${what}, and its value is known all the same`, (t) => {
			const { measured, findings } = resultOf(limit);
			t.assert.deepEqual({ measured, findings }, { measured: { value: 5 }, findings: [] });
		});
	}
});

describe('the rules', () => {
	test('have the default limits that the documentation names', (t) => {
		t.assert.deepEqual(
			rules.map(({ key, defaultLimit }) => [key, defaultLimit]),
			[
				['lowest-efficiency', '0.9'],
				['highest-wasted-bytes', null],
				['highest-wasted-percent', '10%'],
				['max-size', null],
				['forbid-findings', null],
				['max-efficiency-drop', '1'],
				['max-size-growth', null],
				['max-waste-growth', null],
				['max-pull', null],
				['forbid', null],
				['forbid-secrets', null],
				['budget', null],
				['new-findings', null],
			],
		);
	});
});

function imageOf(...layers: readonly (readonly TarEntry[])[]): Promise<RuleInput> {
	return ruleInputOf(layers);
}
