import { describe, test } from 'node:test';
import type { ComparedPackage, ComparedPackages } from '../../../source/diff/packages/compared-packages.ts';
import { pairPackages } from '../../../source/diff/packages/pair-packages.ts';
import { finish } from '../../../source/steps.ts';

/** Packages of npm, each as its version and the folder that it is in. */
function sideOf(versions: readonly string[], name = 'lib'): ComparedPackages {
	const parts = versions.map((each) => each.split(' in '));
	return {
		packages: parts.map(([version]): ComparedPackage => ({ ...common, name, version })),
		owners: null,
		unreadLayers: [],
		pathOf: (index) => parts[index][1] ?? '',
	};
}

const common = {
	type: 'npm',
	architecture: null,
	purl: '',
	layerIndex: 0,
	files: 1,
	bytes: 1,
	addedBytes: 1,
};

function pairsOf(older: readonly string[], newer: readonly string[]): readonly string[] {
	return finish(pairPackages([sideOf(older), sideOf(newer)]))
		.map(([left, right]) => `${left === null ? '-' : older[left]} | ${right === null ? '-' : newer[right]}`)
		.sort();
}

describe('packages of one name', () => {
	const cases: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
		['one and one are a pair, whatever their versions', ['1.0.0'], ['2.0.0'], ['1.0.0 | 2.0.0']],
		[
			'the same version is a pair first',
			['1.0.0', '2.0.0'],
			['2.0.0', '3.0.0'],
			['1.0.0 | 3.0.0', '2.0.0 | 2.0.0'],
		],
		[
			'then the one in the same place',
			['1.0.0 in a', '1.0.1 in b'],
			['1.1.0 in a', '1.1.1 in b'],
			['1.0.0 in a | 1.1.0 in a', '1.0.1 in b | 1.1.1 in b'],
		],
		[
			'then the same major version',
			['1.0.0 in a', '2.0.0 in b'],
			['1.5.0 in c', '2.5.0 in d'],
			['1.0.0 in a | 1.5.0 in c', '2.0.0 in b | 2.5.0 in d'],
		],
		['the rest is added or removed', ['1.0.0'], ['1.0.0', '2.0.0'], ['- | 2.0.0', '1.0.0 | 1.0.0']],
		[
			'copies of one version are told apart by their places',
			['1.0.0 in b'],
			['1.0.0 in a', '1.0.0 in b'],
			['- | 1.0.0 in a', '1.0.0 in b | 1.0.0 in b'],
		],
		[
			'of several versions the latest are a pair',
			['1.0.0', '3.0.0'],
			['4.0.0'],
			['1.0.0 | -', '3.0.0 | 4.0.0'],
		],
	];
	for (const [what, older, newer, expected] of cases)
		test(what, (t) => {
			t.assert.deepEqual(pairsOf(older, newer), [...expected].sort());
		});

	test('of two types or names are never a pair', (t) => {
		const pairs = finish(pairPackages([sideOf(['1.0.0'], 'a'), sideOf(['1.0.0'], 'b')]));
		t.assert.deepEqual(pairs, [
			[0, null],
			[null, 0],
		]);
	});
});

describe('very many packages of one name', () => {
	test('are paired in steps', (t) => {
		const many = sideOf(Array.from({ length: 200_000 }, (_, index) => `1.${'9'.repeat(200)}.${index}`));
		const steps = pairPackages([many, many]);
		let count = 0;
		let step = steps.next();
		for (; step.done !== true; step = steps.next()) count += 1;
		t.assert.equal(count > 1000, true);
		t.assert.equal(step.value.length, 200_000);
	});
});
