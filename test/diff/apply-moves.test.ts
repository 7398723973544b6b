import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ImageDifference } from '../../source/diff/image-difference.ts';
import { applyMoves } from '../../source/diff/merge/apply-moves.ts';
import { compare } from '../../source/filetree/compare.ts';
import {
	bytesAfterAt,
	bytesBeforeAt,
	type Comparison,
	deltaAt,
	kindAt,
} from '../../source/filetree/comparison.ts';
import { changeKinds } from '../../source/filetree/file-tree.ts';
import { finish } from '../../source/steps.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { directory, file, hardLink, type TarEntry } from '../support/archives/tar-entry.ts';
import { compareArchived } from '../support/pair/compare-archived.ts';
import { rawPath } from '../support/tree-view.ts';

/** `PATH KIND OLD -> NEW` of what is there in either image, with moves applied. */
async function rows(older: readonly TarEntry[], newer: readonly TarEntry[]): Promise<readonly string[]> {
	const { difference } = await compareArchived({ layers: [older] }, { layers: [newer] });
	const tree = finish(applyMoves(difference));
	const comparison = compare(tree, difference.oldLayerCount, tree.layerCount, { withBefore: true });
	const nodes = Array.from({ length: tree.nodeCount }, (_, node) => node);
	return nodes
		.filter((node) => node === 0 || changeKinds[kindAt(comparison, node)] !== 'absent')
		.map((node) => {
			const sizes = `${bytesBeforeAt(comparison, node)} -> ${bytesAfterAt(comparison, node)}`;
			return `/${rawPath(tree, node)} ${changeKinds[kindAt(comparison, node)]} ${sizes}`;
		});
}

/** What each folder adds up to in both images. */
function summedUp({ comparison: { tree, from, to } }: ImageDifference): Comparison {
	return compare(tree, from, to, { withBefore: true });
}

describe('a tree with moves applied', () => {
	test('has a file that moved at its new path alone, and a move costs nothing', async (t) => {
		t.assert.deepEqual(
			await rows(
				[directory('a'), file('a/x', '12345'), file('a/y', '1')],
				[directory('a'), file('a/y', '1'), directory('b'), file('b/x', '12345')],
			),
			[
				'/ unchanged 6 -> 6',
				'/a unchanged 1 -> 1',
				'/a/y unchanged 1 -> 1',
				'/b added 5 -> 5',
				'/b/x identical 5 -> 5',
			],
		);
	});

	test('has a folder that moved as one change, with what changed besides below it', async (t) => {
		t.assert.deepEqual(
			await rows(
				[directory('old'), file('old/x', '12345'), file('old/y', 'yy')],
				[directory('new'), file('new/x', '12345', { mode: 0o600 }), file('new/y', 'yy')],
			),
			['/ unchanged 7 -> 7', '/new identical 7 -> 7', '/new/x metadata 5 -> 5', '/new/y unchanged 2 -> 2'],
		);
	});

	test('still knows what hard links share', async (t) => {
		t.assert.deepEqual(
			await rows(
				[file('a', '12345'), hardLink('b', 'a')],
				[file('c', '12345'), hardLink('d', 'c'), file('e', '1')],
			),
			['/ unchanged 5 -> 6', '/c identical 5 -> 5', '/d identical 0 -> 0', '/e added 0 -> 1'],
		);
	});

	test('has the delta of the image, whatever moved', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, arbitraryLayers, async (older, newer) => {
				const { difference } = await compareArchived({ layers: older }, { layers: newer });
				const tree = finish(applyMoves(difference));
				const points = [difference.oldLayerCount, tree.layerCount] as const;
				const comparison = compare(tree, ...points, { withBefore: true });
				assert.equal(deltaAt(comparison, 0), deltaAt(summedUp(difference), 0));
			}),
			{ numRuns: 60, seed: 7 },
		);
	});

	test('is the same tree where nothing moved', async (t) => {
		const older = { layers: [[file('a', '1')]] };
		const newer = { layers: [[file('a', '1'), file('b', '2')]] };
		const { difference } = await compareArchived(older, newer);
		t.assert.equal(finish(applyMoves(difference)), difference.tree);
	});
});

describe('the delta of a folder', () => {
	test('is that of all below it, whatever became of the folder itself', async (t) => {
		const older = { layers: [[file('kept/a', '1'), file('gone/b', '22'), file('turned/c', '333')]] };
		const newer = { layers: [[file('kept/a', '4444'), file('turned', '55555'), file('come/d', '6')]] };
		const { difference } = await compareArchived(older, newer);
		const { tree } = difference;
		const comparison = summedUp(difference);
		const deltas = Array.from({ length: tree.nodeCount }, (_, node) => [
			rawPath(tree, node),
			deltaAt(comparison, node),
		]);
		t.assert.deepEqual(Object.fromEntries(deltas), {
			'': 4,
			come: 1,
			'come/d': 1,
			gone: -2,
			'gone/b': -2,
			kept: 3,
			'kept/a': 3,
			turned: 2,
			'turned/c': -3,
		});
	});
});
