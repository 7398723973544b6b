import { describe, test } from 'node:test';
import { workOutPackages } from '../../../source/analysis/packages/packages.ts';
import { budget } from '../../../source/gate/budget.ts';
import { judgeRule } from '../../../source/gate/judge.ts';
import { matchPatterns } from '../../../source/gate/patterns/match-patterns.ts';
import { packageNames } from '../../../source/gate/patterns/package-pattern.ts';
import { formatObstacles } from '../../../source/gate/verdict-text.ts';
import { finish } from '../../../source/steps.ts';
import { globMatcher } from '../../../source/text/glob/path-globs.ts';
import { plain } from '../../../source/text/paint.ts';
import { file, hardLink } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';
import { inputOfSession } from '../rule-input.ts';

describe('bytes that a pattern matches', () => {
	test('count an inode once, at the first of its names', async (t) => {
		const { tree } = await loadLayers([
			[file('a/one', '12345'), hardLink('b/two', 'a/one'), file('b/three', '1')],
		]);
		const image = { tree, packages: null, matcherOf: globMatcher };
		const choice = { patterns: ['a', 'b', '**'], ignore: [], examples: 'greatest' } as const;
		const matches = finish(matchPatterns(image, choice));
		t.assert.deepEqual(
			[...matches].map(([pattern, { bytes }]) => [pattern, bytes]),
			[
				['a', 5],
				['b', 1],
				['**', 6],
			],
		);
	});
});

describe('packages of a layer whose contents were not read', async () => {
	const session = await loadLayers([[file('usr/bin/tool', 'tool')]]);
	const { tree } = session;
	const packages = finish(workOutPackages(tree, { layers: [null] }));
	const image = { tree, packages, matcherOf: globMatcher };
	const matches = finish(
		matchPatterns(image, { patterns: ['pkg:npm/**'], ignore: [], examples: 'greatest' }),
	);

	test('are not judged, and a warning says why', async (t) => {
		const input = { ...(await inputOfSession(session)), matches };
		const limit = { patterns: [{ pattern: 'pkg:npm/**', most: 10 }] };
		const judgements = judgeRule(budget, input, { limit });
		t.assert.deepEqual(
			judgements.map(({ outcome }) => outcome),
			['not-judged'],
		);
		t.assert.deepEqual(formatObstacles({ judgements }, { paint: plain }), [
			'warning: budget is not judged: the contents of layer 1 were not read, so that the packages there are not known.',
		]);
	});
});

describe('what a pattern may call a package', () => {
	const cases = [
		[{ type: 'npm', name: '@types/node', purl: 'pkg:npm/%40types/node@20.1.0' }, ['npm/@types/node']],
		[
			{ type: 'deb', name: 'perl', purl: 'pkg:deb/debian/perl@5.36?arch=amd64' },
			['deb/perl', 'deb/debian/perl'],
		],
		[
			{ type: 'maven', name: 'org.acme:lib', purl: 'pkg:maven/org.acme/lib@1' },
			['maven/org.acme:lib', 'maven/org.acme/lib'],
		],
		[
			{ type: 'golang', name: 'github.com/a/b', purl: 'pkg:golang/github.com/a/b@v1.0.0' },
			['golang/github.com/a/b'],
		],
	] as const;
	for (const [each, names] of cases)
		test(each.purl, (t) => {
			t.assert.deepEqual(packageNames(each), names);
		});
});
