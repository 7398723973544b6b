import { describe, test } from 'node:test';
import { mergeStructure } from '../../source/diff/merge/merge-structure.ts';
import { findMoves } from '../../source/diff/merge/moves.ts';
import type { FileTree } from '../../source/filetree/file-tree.ts';
import { finish } from '../../source/steps.ts';
import { file } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
import { rawPath } from '../support/tree-view.ts';

/** Files by path with their contents. */
type Files = Readonly<Record<string, string>>;

async function treeOf(files: Files): Promise<FileTree> {
	const { tree } = await loadLayers([Object.entries(files).map(([path, text]) => file(path, text))]);
	return tree;
}

/** `old -> new` of every path and folder that moved. */
async function moves(older: Files, newer: Files): Promise<readonly string[]> {
	const structure = finish(mergeStructure([await treeOf(older), await treeOf(newer)]));
	const view = { names: structure.names, parents: structure.parents } as FileTree;
	const nodes = Array.from(structure.parents.keys());
	const keys = new Map<number, string>();
	for (const node of nodes.slice(1)) {
		const text = older[rawPath(view, node)] ?? newer[rawPath(view, node)];
		const isInBoth = structure.changes.every((changes) => changes[node] >= 0);
		if (text !== undefined && !isInBoth) keys.set(node, text);
	}
	const { movedTo } = finish(findMoves(structure, keys));
	return nodes
		.filter((node) => movedTo[node] >= 0)
		.map((node) => `${rawPath(view, node)} -> ${rawPath(view, movedTo[node])}`);
}

describe('what moved from one image to another', () => {
	test('is a file with the same content at another path', async (t) => {
		t.assert.deepEqual(await moves({ 'a/x': '1', keep: '2' }, { y: '1', keep: '2' }), ['a/x -> y']);
	});

	test('is not a file that is at its old path as well', async (t) => {
		t.assert.deepEqual(await moves({ x: '1' }, { x: '1', y: '1' }), []);
	});

	test('is paired in path order where several have one content', async (t) => {
		t.assert.deepEqual(await moves({ b: '1', a: '1', c: '1' }, { z: '1', y: '1' }), ['a -> y', 'b -> z']);
	});

	test('is a whole folder, with those in it', async (t) => {
		t.assert.deepEqual(await moves({ 'a/x': '1', 'a/s/y': '2' }, { 'b/x': '1', 'b/s/y': '2' }), [
			'a -> b',
			'a/s -> b/s',
			'a/s/y -> b/s/y',
			'a/x -> b/x',
		]);
	});

	test('is not a folder of which a file stayed away, was renamed, or met others', async (t) => {
		t.assert.deepEqual(await moves({ 'a/x': '1', 'a/y': '2' }, { 'b/x': '1' }), ['a/x -> b/x']);
		t.assert.deepEqual(await moves({ 'a/x': '1' }, { 'b/z': '1' }), ['a/x -> b/z']);
		t.assert.deepEqual(await moves({ 'a/x': '1' }, { 'b/x': '1', 'b/new': '3' }), ['a/x -> b/x']);
		t.assert.deepEqual(await moves({ 'a/x': '1', 'b/old': '3' }, { 'b/x': '1', 'b/old': '3' }), [
			'a/x -> b/x',
		]);
	});

	test('is the largest folder of several that are alike, whole', async (t) => {
		const older = { 'a/s/x': '1', 'a/y': '2', 'p/x': '1' };
		t.assert.deepEqual(await moves(older, { '0/x': '1', 'b/s/x': '1', 'b/y': '2' }), [
			'a -> b',
			'a/s -> b/s',
			'a/s/x -> b/s/x',
			'a/y -> b/y',
			'p -> 0',
			'p/x -> 0/x',
		]);
	});

	test('is what has no bytes only along with its folder', async (t) => {
		t.assert.deepEqual(await moves({ 'a/x': '1', 'a/empty': '=' }, { 'b/x': '1', 'b/empty': '=' }), [
			'a -> b',
			'a/empty -> b/empty',
			'a/x -> b/x',
		]);
		t.assert.deepEqual(await moves({ empty: '=' }, { other: '=' }), []);
	});
});
