import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compare, newComparisonColumns } from '../../source/filetree/compare.ts';
import {
	type Comparison,
	changeAt,
	changedCountAt,
	kindAt,
	nodeCountAt,
} from '../../source/filetree/comparison.ts';
import type { FileTree } from '../../source/filetree/file-tree.ts';
import { bytesAt } from '../../source/filetree/node-amounts.ts';
import type { PointSums } from '../../source/filetree/sum-up-point.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { directory, file, whiteout } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
import { comparisonRows, disorderOf, rawPath } from '../support/tree-view.ts';

const layers = [
	[directory('d'), file('d/kept', 'k'), file('d/changed', 'cc'), file('gone', 'ggg')],
	[file('d/changed', 'CCCC'), whiteout('gone'), file('new/file', 'nnnnn')],
	[whiteout('new'), file('d/kept', 'k')],
];

/** `PATH KIND BYTES CHANGED`: the bytes and the number of changes count all that is below. */
function rows(tree: FileTree, from: number, to: number): readonly string[] {
	return comparisonRows(tree, from, to).map(({ path, kind, bytes, changedCount }) =>
		[path, kind, bytes, changedCount].join(' '),
	);
}

function pointSums({ to, present }: Comparison): PointSums {
	return { point: to, sums: present };
}

describe('a comparison of two points of the stack', () => {
	test('a layer against what is below it', async (t) => {
		const { tree } = await loadLayers(layers);
		t.assert.deepEqual(rows(tree, 1, 2), [
			'd unchanged 5 1',
			'd/changed content 4 1',
			'd/kept unchanged 1 0',
			'gone removed 3 1',
			'new unchanged 5 1',
			'new/file added 5 1',
		]);
	});

	test('everything up to a layer: what was taken away before it ends was never there', async (t) => {
		const { tree } = await loadLayers(layers);
		t.assert.deepEqual(rows(tree, 0, 3), ['d added 5 3', 'd/changed added 4 1', 'd/kept added 1 1']);
	});

	test('two layers taken as one', async (t) => {
		const { tree } = await loadLayers(layers);
		t.assert.deepEqual(rows(tree, 1, 3), [
			'd unchanged 5 2',
			'd/changed content 4 1',
			'd/kept identical 1 1',
			'gone removed 3 1',
		]);
	});

	test('a directory that was removed carries what was below it', async (t) => {
		const { tree } = await loadLayers([
			[directory('d'), file('d/a', 'xx'), file('d/b', 'x')],
			[whiteout('d')],
		]);
		t.assert.deepEqual(rows(tree, 1, 2), ['d removed 3 3', 'd/a removed 2 1', 'd/b removed 1 1']);
	});

	test('what was removed is no part of a directory that is still there', async (t) => {
		const { tree } = await loadLayers([
			[directory('d'), file('d/a', 'xx'), file('d/b', 'x')],
			[whiteout('d/a')],
		]);
		t.assert.deepEqual(rows(tree, 1, 2), ['d unchanged 1 1', 'd/a removed 2 1', 'd/b unchanged 1 0']);
	});

	test('changed and changed back over two layers is no other content', async (t) => {
		const { tree } = await loadLayers([[file('a', 'x')], [file('a', 'y')], [file('a', 'x')]]);
		t.assert.deepEqual(rows(tree, 1, 3), ['a identical 1 1']);
	});

	test('a directory that took the place of a file is removed like a file', async (t) => {
		const { tree } = await loadLayers([
			[file('d', 'xxxx')],
			[file('d/x', 'x')],
			[file('e')],
			[whiteout('d')],
		]);
		t.assert.deepEqual(rows(tree, 3, 4), ['d removed 1 2', 'd/x removed 1 1', 'e unchanged 0 0']);
		t.assert.deepEqual(rows(tree, 2, 4), ['d removed 1 2', 'd/x removed 1 1', 'e added 0 1']);
	});

	test('a point with itself has no changes', async (t) => {
		const { tree } = await loadLayers(layers);
		t.assert.equal(changedCountAt(compare(tree, 2, 2), 0), 0);
		t.assert.deepEqual(rows(tree, 0, 0), []);
	});

	test('the root carries all of it', async (t) => {
		const { tree } = await loadLayers(layers);
		const comparison = compare(tree, 1, 2);
		const figures = [bytesAt, changedCountAt, kindAt, changeAt].map((figureAt) => figureAt(comparison, 0));
		t.assert.deepEqual(figures, [10, 3, 1, -1]);
	});

	test('counts for each directory what is there at either point', async (t) => {
		const { tree } = await loadLayers(layers);
		const counts = (from: number, to: number) => {
			const comparison = compare(tree, from, to);
			return Object.fromEntries(
				Array.from({ length: tree.nodeCount }, (_, node) => [
					rawPath(tree, node),
					nodeCountAt(comparison, node),
				]),
			);
		};
		t.assert.deepEqual(counts(1, 2), {
			'': 6,
			d: 3,
			'd/changed': 1,
			'd/kept': 1,
			gone: 1,
			new: 2,
			'new/file': 1,
		});
		t.assert.deepEqual(counts(0, 3), {
			'': 3,
			d: 3,
			'd/changed': 1,
			'd/kept': 1,
			gone: 0,
			new: 0,
			'new/file': 0,
		});
	});

	test('is the same whichever points are known already', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, fc.array(fc.nat(), { maxLength: 3 }), async (images, known) => {
				const { tree } = await loadLayers(images);
				const points = tree.layerCount + 1;
				const near = known.map((point) => pointSums(compare(tree, 0, point % points)));
				for (let to = 1; to < points; to++) {
					assert.deepEqual(compare(tree, to - 1, to, { near }), compare(tree, to - 1, to));
				}
			}),
			{ numRuns: 100 },
		);
	});

	test('may take the columns of another one, and go on from it', async (t) => {
		const { tree } = await loadLayers(layers);
		const columns = newComparisonColumns(tree);
		let last = compare(tree, 1, 3, { columns });
		for (const [from, to] of [
			[0, 2],
			[1, 2],
			[0, 0],
			[2, 3],
		]) {
			last = compare(tree, from, to, { columns, near: [pointSums(last)] });
			t.assert.deepEqual(last, compare(tree, from, to));
		}
	});

	test('points that the stack does not have are refused', async (t) => {
		const { tree } = await loadLayers(layers);
		for (const [from, to] of [
			[-1, 1],
			[2, 1],
			[0, 4],
		]) {
			t.assert.throws(() => compare(tree, from, to), RangeError);
		}
	});
});

describe('the order of nodes', () => {
	test('parents come before children, siblings in the order of their bytes', async (t) => {
		const { tree } = await loadLayers([
			[file('b'), file('a/z'), file('a.b'), file('a/B'), file('é'), file('A')],
			[file('a/y/x'), file('0')],
		]);
		const paths = Array.from({ length: tree.nodeCount }, (_, node) =>
			Buffer.from(rawPath(tree, node), 'latin1').toString(),
		);
		t.assert.deepEqual(paths, ['', '0', 'A', 'a', 'a/B', 'a/y', 'a/y/x', 'a/z', 'a.b', 'b', 'é']);
		t.assert.deepEqual(disorderOf(tree), []);
	});

	test('the end of a subtree is where the next sibling stands', async (t) => {
		const { tree } = await loadLayers([[file('a/b/c'), file('a/d'), file('e')]]);
		t.assert.deepEqual([...tree.parents].slice(1), [0, 1, 2, 1, 0]);
		t.assert.deepEqual([...tree.subtreeEnds], [6, 5, 4, 4, 5, 6]);
	});

	test('an image without layers has a root', async (t) => {
		const loaded = await loadLayers([]);
		const { tree, figures } = loaded;
		const { dive } = await loaded.ask(['dive']);
		t.assert.deepEqual([tree.nodeCount, tree.layerCount, [...tree.subtreeEnds]], [1, 0, [1]]);
		t.assert.deepEqual([figures.totalBytes, figures.efficiency, dive.efficiency], [0, 1, 1]);
	});
});

describe('one blob for two layers', () => {
	test('is two layers, of which the second ships the bytes again', async (t) => {
		const layer = [file('a', 'xx')];
		const { tree, figures } = await loadLayers([layer, layer]);
		t.assert.equal(tree.changesets[0], tree.changesets[1]);
		t.assert.deepEqual(rows(tree, 1, 2), ['a identical 2 1']);
		t.assert.deepEqual([figures.totalBytes, figures.wastedBytes], [4, 2]);
	});

	test('comes back after a layer in between', async (t) => {
		const layer = [file('a', 'xx'), whiteout('b')];
		const { tree } = await loadLayers([layer, [file('a', 'y'), file('b', 'bb')], layer]);
		t.assert.deepEqual(rows(tree, 2, 3), ['a content 2 1', 'b removed 2 1']);
		t.assert.deepEqual(rows(tree, 1, 3), ['a identical 2 1']);
	});
});
