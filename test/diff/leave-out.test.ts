import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { leaveOut } from '../../source/diff/listing/leave-out.ts';
import { isIgnoredBy } from '../../source/diff/listing/select-differences.ts';
import { applyMoves } from '../../source/diff/merge/apply-moves.ts';
import { compare } from '../../source/filetree/compare.ts';
import { changedCountAt, kindAt } from '../../source/filetree/comparison.ts';
import { ABSENT, UNCHANGED } from '../../source/filetree/file-tree.ts';
import { finish } from '../../source/steps.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { directory, file, type TarEntry } from '../support/archives/tar-entry.ts';
import { compareArchived } from '../support/pair/compare-archived.ts';
import { rawPath } from '../support/tree-view.ts';

/** What is in a folder that another image has under another name: two files with content of their own, and what is arbitrary. */
function below(folder: string, layers: readonly (readonly TarEntry[])[]): readonly (readonly TarEntry[])[] {
	const own = [directory(folder), file(`${folder}/x`, 'own x'), file(`${folder}/y/z`, 'own z')];
	return [...layers, own];
}

describe('a difference without some paths', () => {
	test('has none of them in its tree, and every other path that it lists, with the folders above', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, arbitraryLayers, fc.nat(), async (older, newer, seed) => {
				const { difference } = await compareArchived(
					{ layers: below('old', older) },
					{ layers: below('new', newer) },
				);
				const { nodeCount } = difference.tree;
				const glob = rawPath(difference.tree, seed % nodeCount).replace(/[*?[\]{}\\]/g, '?');
				const ignore = glob === '' ? ['none'] : [glob];
				const { difference: reduced, isLeftOut } = finish(leaveOut(difference, ignore));
				const tree = finish(applyMoves(reduced, isLeftOut));
				const comparison = compare(tree, difference.oldLayerCount, tree.layerCount, { withBefore: true });
				const isIgnored = isIgnoredBy(tree, ignore);
				const listed = new Set(reduced.files.nodes);
				for (let node = 1; node < nodeCount; node++) {
					const kind = kindAt(comparison, node);
					if (isIgnored(node)) assert.deepEqual([kind, listed.has(node)], [ABSENT, false]);
					if (listed.has(node)) assert.notEqual(kind, ABSENT);
					if (kind > UNCHANGED) assert.equal(listed.has(node), true);
					if (kind !== ABSENT) {
						const above = tree.parents[node];
						assert.equal(above === 0 || kindAt(comparison, above) !== ABSENT, true);
					}
				}
				assert.equal(changedCountAt(comparison, 0) > 0, listed.size > 0);
			}),
			{ numRuns: 100, seed: 7 },
		);
	});

	test('is the same where no path is to be left out', async (t) => {
		const { difference } = await compareArchived({ layers: [[]] }, { layers: [[]] });
		t.assert.equal(finish(leaveOut(difference, [])).difference, difference);
	});
});
