import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compare } from '../../source/filetree/compare.ts';
import { changeBefore, kindAt, lostAt, shippedAt } from '../../source/filetree/comparison.ts';
import { CONTENT, type FileTree, REMOVED, UNCHANGED } from '../../source/filetree/file-tree.ts';
import { arbitraryLayers } from '../support/arbitrary-layers.ts';
import { loadLayers } from '../support/load-layers.ts';
import { directory, file, whiteout } from '../support/tar-entry.ts';
import { rawPath } from '../support/tree-view.ts';

/** `PATH SHIPPED LOST` of every path for which one of them is not 0; the root has no name. */
function shippedAndLost(tree: FileTree, from: number, to: number): readonly string[] {
	const comparison = compare(tree, from, to);
	return Array.from({ length: tree.nodeCount }, (_, node) => node)
		.map((node) => [rawPath(tree, node), shippedAt(comparison, node), lostAt(comparison, node)] as const)
		.filter(([, shipped, lost]) => shipped > 0 || lost > 0)
		.map((row) => row.join(' '));
}

describe('what a layer ships and takes away', () => {
	const layers = [
		[
			directory('d'),
			file('d/same', 'ss'),
			file('d/changed', 'ccc'),
			file('d/chown', 'oooo'),
			file('d/gone', 'ggggg'),
		],
		[
			file('d/same', 'ss'),
			file('d/changed', 'CCCCCC'),
			file('d/chown', 'oooo', { uid: 1000 }),
			whiteout('d/gone'),
			file('new', 'n'),
		],
	];

	test('adds up in every directory, each to its own sum', async (t) => {
		const { tree } = await loadLayers(layers);
		t.assert.deepEqual(shippedAndLost(tree, 1, 2), [
			' 13 8',
			'd 12 8',
			'd/changed 6 3',
			'd/chown 4 0',
			'd/gone 0 5',
			'd/same 2 0',
			'new 1 0',
		]);
	});

	test('is all that is there and nothing, against an empty image', async (t) => {
		const { tree } = await loadLayers(layers);
		t.assert.deepEqual(shippedAndLost(tree, 0, 1).slice(0, 2), [' 14 0', 'd 14 0']);
	});

	test('of a directory that became a file is what was in it', async (t) => {
		const { tree } = await loadLayers([[file('d/a', 'aa')], [file('d', 'ffff')]]);
		t.assert.deepEqual(shippedAndLost(tree, 1, 2), [' 4 2', 'd 4 2', 'd/a 0 2']);
	});

	test('is of any two points what their nodes add up to', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, fc.nat(), fc.nat(), async (images, one, other) => {
				const { tree } = await loadLayers(images);
				const points = [one, other].map((point) => point % (tree.layerCount + 1)).sort();
				const comparison = compare(tree, points[0], points[1]);
				for (let node = 0; node < tree.nodeCount; node++) {
					const below = Array.from({ length: tree.subtreeEnds[node] - node }, (_, index) => node + index);
					const sums = below.map((each) => plainSums(tree, each, points));
					assert.equal(
						shippedAt(comparison, node),
						sums.reduce((sum, [shipped]) => sum + shipped, 0),
					);
					assert.equal(
						lostAt(comparison, node),
						sums.reduce((sum, [, lost]) => sum + lost, 0),
					);
				}
			}),
			{ numRuns: 100, seed: 15 },
		);
	});
});

/** What a node itself ships and loses. */
function plainSums(tree: FileTree, node: number, [from, to]: readonly number[]): readonly [number, number] {
	if (node === 0) return [0, 0];
	const kind = kindAt({ tree, from, to }, node);
	const after = changeBefore(tree, node, to);
	const before = changeBefore(tree, node, from);
	const ships = kind > UNCHANGED && kind !== REMOVED;
	return [
		ships ? tree.changeBytes[after] : 0,
		before !== -1 && (kind === REMOVED || kind === CONTENT) ? tree.changeBytes[before] : 0,
	];
}
