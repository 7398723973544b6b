import { describe, test } from 'node:test';
import { judge } from '../../source/gate/judge.ts';
import type { RuleLimits } from '../../source/gate/rules.ts';
import { formatConclusion, formatResults } from '../../source/gate/verdict-text.ts';
import { plain } from '../../source/text/paint.ts';
import { loadLayers } from '../support/load-layers.ts';
import { file, whiteout } from '../support/tar-entry.ts';

const layout = { width: 80, paint: plain };
const everyRuleOff: RuleLimits = {
	'lowest-efficiency': null,
	'highest-wasted-bytes': null,
	'highest-wasted-percent': null,
};

describe('the table of the gate', async () => {
	const { analysis } = await loadLayers([
		[file('kept', 'k'.repeat(9_999))],
		[file('gone', 'g'.repeat(10_001)), file('more', 'm'.repeat(80_000))],
		[whiteout('gone')],
	]);

	test('says of each rule its value, its limit and the verdict', (t) => {
		const verdict = judge(analysis, {
			...everyRuleOff,
			'lowest-efficiency': 0.95,
			'highest-wasted-bytes': 20_000,
		});
		t.assert.deepEqual(formatResults(verdict, layout), [
			'  rule                     value      limit  verdict',
			'  lowest-efficiency       90.0 %  >= 95.0 %  FAIL',
			'  highest-wasted-bytes     10 kB   <= 20 kB  pass',
			'  highest-wasted-percent  11.1 %          -  off',
		]);
	});

	test('shows by how much, where value and limit would read the same and differ', (t) => {
		const verdict = judge(analysis, {
			...everyRuleOff,
			'lowest-efficiency': 0.9,
			'highest-wasted-bytes': 10_000,
		});
		t.assert.deepEqual(formatResults(verdict, layout), [
			'  rule                       value        limit  verdict',
			'  lowest-efficiency       89.999 %      >= 90 %  FAIL',
			'  highest-wasted-bytes    10,001 B  <= 10,000 B  FAIL',
			'  highest-wasted-percent    11.1 %            -  off',
		]);
	});
});

describe('the conclusion of the gate', async () => {
	const { analysis } = await loadLayers([[file('a', 'x')], [whiteout('a')]]);
	const conclusion = (limits: Partial<RuleLimits>) =>
		formatConclusion(judge(analysis, { ...everyRuleOff, ...limits }), plain);

	test('counts the rules that hold', (t) => {
		t.assert.equal(conclusion({ 'highest-wasted-bytes': 1 }), 'PASS: the rule holds.');
		t.assert.equal(
			conclusion({ 'highest-wasted-bytes': 1, 'lowest-efficiency': 0 }),
			'PASS: all 2 rules hold.',
		);
	});

	test('names the rules that fail', (t) => {
		t.assert.equal(
			conclusion({ 'highest-wasted-bytes': 0, 'lowest-efficiency': 0.9 }),
			'FAIL: lowest-efficiency, highest-wasted-bytes.',
		);
	});

	test('says so when there is no rule to hold', (t) => {
		t.assert.equal(conclusion({}), 'PASS: every rule is off.');
	});
});
