import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { StackedImage } from '../../source/filetree/stacked-image.ts';
import { stackChangesets } from '../../source/filetree/stacking/stack.ts';
import { restoredTree, storedTree } from '../../source/filetree/stored-tree.ts';
import { runInSlices } from '../../source/sources/time-slice.ts';
import type { Changeset } from '../../source/tar/changeset.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { directory, file, hardLink, type TarEntry, whiteout } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { scanByPosition } from '../support/scan.ts';

/** The layers, and what stacking makes of them when all contents differ. */
async function stack(
	layers: readonly (readonly TarEntry[])[],
): Promise<{ changesets: readonly Changeset[]; stacked: StackedImage }> {
	const changesets = layers.map((entries) => scanByPosition(layerTar(entries)));
	const stacked = await stackChangesets(
		changesets,
		async ({ groups }) => Uint32Array.from(groups.layers, (_, item) => item),
		{ run: runInSlices },
	);
	return { changesets: stacked.tree.changesets, stacked };
}

/** As a file would give them back: each part in a buffer of its own. */
function copied(parts: readonly Uint8Array[]): readonly Uint8Array[] {
	return parts.map((part) => Uint8Array.from(part));
}

describe('a stored tree', () => {
	test('comes back as it was, whatever the layers are', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const { changesets, stacked } = await stack(layers);
				assert.deepEqual(restoredTree(copied(storedTree(stacked)), changesets), stacked);
			}),
			{ numRuns: 60 },
		);
	});

	test('is not taken for that of other layers', async (t) => {
		const { stacked } = await stack([[directory('a'), file('a/b', 'x')], [whiteout('a/b')]]);
		const others = await stack([
			[directory('a'), file('a/b', 'x'), hardLink('a/c', 'a/b')],
			[whiteout('a/b')],
		]);
		t.assert.equal(restoredTree(copied(storedTree(stacked)), others.changesets), null);
		t.assert.equal(restoredTree(copied(storedTree(stacked)), others.changesets.slice(1)), null);
	});

	test('is not taken from a version in which stacking may give something else', async (t) => {
		const { changesets, stacked } = await stack([[file('a', 'x')]]);
		const [, ...columns] = copied(storedTree(stacked));
		const foreign = Buffer.from(JSON.stringify({ version: 0, warnings: [] }));
		t.assert.equal(restoredTree([foreign, ...columns], changesets), null);
	});
});
