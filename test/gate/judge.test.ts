import { describe, test } from 'node:test';
import type { Analysis } from '../../source/analysis/analysis.ts';
import { judge } from '../../source/gate/judge.ts';
import { type RuleLimits, rules } from '../../source/gate/rules.ts';
import { defaultSettings } from '../../source/settings/settings.ts';
import { loadLayers } from '../support/load-layers.ts';
import { file, type TarEntry, whiteout } from '../support/tar-entry.ts';

const everyRuleOff: RuleLimits = {
	'lowest-efficiency': null,
	'highest-wasted-bytes': null,
	'highest-wasted-percent': null,
};

const outcomes = (analysis: Analysis, limits: Partial<RuleLimits>) =>
	judge(analysis, { ...everyRuleOff, ...limits })
		.results.filter(({ outcome }) => outcome !== 'off')
		.map(({ outcome }) => outcome);

describe('a figure against its limit', async () => {
	// 10 bytes are shipped and 1 of them is wasted, by the upper layer, which ships 5.
	const analysis = await analysisOf(
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
			t.assert.deepEqual(outcomes(analysis, { [key]: limit }), [expected]);
		});
	}
});

describe('the verdict', () => {
	test('passes when every rule is off', async (t) => {
		const analysis = await analysisOf([file('a', 'x')], [whiteout('a')]);
		t.assert.equal(judge(analysis, everyRuleOff).passed, true);
	});

	test('fails when one of several rules fails', async (t) => {
		const analysis = await analysisOf([file('a', 'x')], [file('b', 'y')], [whiteout('b')]);
		const verdict = judge(analysis, { ...everyRuleOff, 'lowest-efficiency': 0.5, 'highest-wasted-bytes': 0 });
		t.assert.equal(verdict.passed, false);
		t.assert.deepEqual(
			verdict.results.map(({ outcome }) => outcome),
			['pass', 'fail', 'off'],
		);
	});

	test('of an image with no bytes passes with the default limits', async (t) => {
		t.assert.equal(judge(await analysisOf([file('empty', '')]), defaultSettings.limits).passed, true);
	});

	test('does not hold waste of the base image against the layers above it', async (t) => {
		const analysis = await analysisOf([file('a', 'twice'), file('a', 'again')], [file('b', 'fine')]);
		t.assert.deepEqual(outcomes(analysis, { 'highest-wasted-percent': 0 }), ['pass']);
		t.assert.deepEqual(outcomes(analysis, { 'highest-wasted-bytes': 0 }), ['fail']);
	});
});

describe('the rules', () => {
	test('have the default limits that the documentation names', (t) => {
		t.assert.deepEqual(
			rules.map(({ key, defaultLimit }) => [key, defaultLimit]),
			[
				['lowest-efficiency', 0.9],
				['highest-wasted-bytes', null],
				['highest-wasted-percent', 0.1],
			],
		);
	});
});

async function analysisOf(...layers: readonly (readonly TarEntry[])[]): Promise<Analysis> {
	return (await loadLayers(layers)).analysis;
}
