import { describe, test } from 'node:test';
import { compare } from '../../source/filetree/compare.ts';
import { bytesAfterAt, kindAt } from '../../source/filetree/comparison.ts';
import { ABSENT, type FileTree } from '../../source/filetree/file-tree.ts';
import { lostAt, shippedAt } from '../../source/filetree/node-amounts.ts';
import { directory, file, hardLink, whiteout } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
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
});

describe('a file with several names', () => {
	/** `PATH SHIPPED LOST AFTER` of every path that was there at one of two points. */
	const amounts = (tree: FileTree, from: number, to: number) => {
		const comparison = compare(tree, from, to);
		return Array.from({ length: tree.nodeCount }, (_, node) => node)
			.filter((node) => kindAt(comparison, node) !== ABSENT)
			.map((node) =>
				[
					rawPath(tree, node),
					shippedAt(comparison, node),
					lostAt(comparison, node),
					bytesAfterAt(comparison, node),
				].join(' '),
			);
	};
	const names = [
		file('a/x', 'xxxxxxxxxx'),
		hardLink('a/y', 'a/x'),
		hardLink('b/z', 'a/x'),
		file('c/k', 'kkkkk'),
		hardLink('c/l', 'c/k'),
	];

	test('is shipped by the first, and there once for each folder with one of them', async (t) => {
		const { tree } = await loadLayers([names]);
		t.assert.deepEqual(amounts(tree, 0, 1), [
			' 15 0 15',
			'a 10 0 10',
			'a/x 10 0 10',
			'a/y 0 0 0',
			'b 0 0 10',
			'b/z 0 0 0',
			'c 5 0 5',
			'c/k 5 0 5',
			'c/l 0 0 0',
		]);
	});

	test('is lost to a folder when the last one below it goes, and by itself when the last of all goes', async (t) => {
		const { tree } = await loadLayers([
			names,
			[whiteout('a/x')],
			[whiteout('a/y'), file('c/k', 'KKK')],
			[whiteout('b/z')],
		]);
		const some = ['', 'a', 'a/x', 'a/y', 'c', 'c/k'];
		const ofSome = (rows: readonly string[]) => rows.filter((row) => some.includes(row.split(' ')[0]));
		t.assert.deepEqual(ofSome(amounts(tree, 1, 2)), [
			' 0 0 15',
			'a 0 0 10',
			'a/x 0 0 0',
			'a/y 0 0 0',
			'c 0 0 5',
			'c/k 0 0 5',
		]);
		t.assert.deepEqual(ofSome(amounts(tree, 2, 3)), [
			' 3 0 18',
			'a 0 10 0',
			'a/y 0 0 0',
			'c 3 0 8',
			'c/k 3 0 3',
		]);
		t.assert.deepEqual(amounts(tree, 3, 4).slice(0, 4), [' 0 10 8', 'a 0 0 0', 'b 0 10 0', 'b/z 0 10 0']);
	});

	test('is lost by none that ships it again, under another owner', async (t) => {
		const { tree } = await loadLayers([names, [file('c/k', 'kkkkk', { uid: 1 }), hardLink('c/l', 'c/k')]]);
		t.assert.deepEqual(amounts(tree, 1, 2).slice(-3), ['c 5 0 5', 'c/k 5 0 5', 'c/l 0 0 0']);
	});

	test('is shipped by the first that is left, where several layers are one', async (t) => {
		const { tree } = await loadLayers([[file('base', 'b')], names, [whiteout('a')]]);
		t.assert.deepEqual(
			amounts(tree, 1, 3).filter((row) => /^b\b/.test(row)),
			['b 10 0 10', 'b/z 10 0 0'],
		);
		t.assert.equal(amounts(tree, 1, 3)[0], ' 15 0 16');
	});
});
