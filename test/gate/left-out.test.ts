import { describe, test } from 'node:test';
import { inputsOfRules } from '../../source/gate/baseline/rule-inputs.ts';
import type { RuleInput } from '../../source/gate/rule.ts';
import type { AllRuleDetails, RuleKey } from '../../source/gate/rules.ts';
import { finish } from '../../source/steps.ts';
import { globMatcher } from '../../source/text/glob/path-globs.ts';
import { directory, file, hardLink, whiteout } from '../support/archives/tar-entry.ts';
import { type Layers, ruleInputOf } from './rule-input.ts';

const content = (bytes: number) => 'x'.repeat(bytes);

/** What a rule judges that ignores some paths. */
function inputOf(
	input: RuleInput,
	ignore: readonly string[],
	ignoreBase = false,
	key: RuleKey = 'max-waste-growth',
): RuleInput {
	const details: AllRuleDetails = ignore.length === 0 ? {} : { [key]: { ignore } };
	return finish(inputsOfRules(input, { details, ignoreBase, matcherOf: globMatcher }))(key);
}

const image: Layers = [
	[directory('var/'), file('var/a', content(1)), file('var/b', content(10)), file('etc', content(100))],
	[whiteout('var/a'), file('var/c', content(1000)), file('var/c', content(2000)), file('app', content(1e4))],
	[file('app', content(2e4))],
];

describe('paths that a rule ignores', async () => {
	const input = await ruleInputOf(image);
	const { figures } = input;

	test('are left out of what is visible, wasted and shipped', (t) => {
		const less = inputOf(input, ['var/**']).figures;
		t.assert.deepEqual(
			[figures.liveBytes - less.liveBytes, figures.wastedBytes - less.wastedBytes],
			[2010, 1001],
		);
		t.assert.equal(figures.unpackedBytes - less.unpackedBytes, 3011);
		t.assert.deepEqual([less.totalBytes, less.efficiency], [30_100, 20_100 / 30_100]);
		t.assert.deepEqual(less.addedLayers, { wastedBytes: 1e4, layerBytes: 3e4, wastedRatio: 1 / 3 });
	});

	test('may be named by a folder, with a slash in front and behind', (t) => {
		for (const glob of ['var', '/var', 'var/', '/var/**', 'v?r/*', '{var,nothing}'])
			t.assert.equal(inputOf(input, [glob]).figures.wastedBytes, figures.wastedBytes - 1001, glob);
	});

	test('are those of the rule alone', (t) => {
		const details: AllRuleDetails = { 'max-size': { ignore: ['var'] } };
		const given = { details, ignoreBase: false, matcherOf: globMatcher };
		const inputs = finish(inputsOfRules(input, given));
		t.assert.equal(inputs('lowest-efficiency').figures.liveBytes, figures.liveBytes);
		t.assert.equal(inputs('max-size').figures.liveBytes, figures.liveBytes - 2010);
	});

	test('are left out of the baseline too', async (t) => {
		const both = inputOf(await ruleInputOf(image, image), ['var']);
		t.assert.deepEqual(
			[
				both.baseline?.figures.unpackedBytes,
				both.baseline?.figures.liveBytes,
				both.baseline?.figures.wastedBytes,
			],
			[both.figures.unpackedBytes, both.figures.liveBytes, both.figures.wastedBytes],
		);
	});

	test('do not take away what another name of a file still shows', async (t) => {
		const linked = await ruleInputOf([
			[directory('var/'), file('var/a', content(5)), hardLink('etc', 'var/a')],
			[whiteout('var/a')],
		]);
		t.assert.equal(inputOf(linked, ['var']).figures.liveBytes, 5);
	});
});

describe('--ignore-base', async () => {
	// The base, which is the first layer, ships 100 bytes twice; the second layer wastes what the base shows of 10.
	const layers: Layers = [
		[file('twice', content(100)), file('twice', content(100)), file('gone', content(10))],
		[whiteout('gone'), file('app', content(50))],
	];
	const input = await ruleInputOf(layers, layers);

	test('leaves out what the base wasted itself, and nothing that other layers wasted', (t) => {
		t.assert.equal(input.figures.wastedBytes, 110);
		const { figures, baseline } = inputOf(input, [], true);
		t.assert.deepEqual([figures.wastedBytes, figures.efficiency], [10, 150 / 160]);
		t.assert.equal(baseline?.figures.wastedBytes, 10);
	});

	test('goes together with paths that are ignored', (t) => {
		t.assert.equal(inputOf(input, ['twice'], true).figures.wastedBytes, 10);
		t.assert.equal(inputOf(input, ['gone'], true).figures.wastedBytes, 0);
		t.assert.equal(inputOf(input, ['gone'], false).figures.wastedBytes, 100);
	});
});
