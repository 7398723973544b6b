import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LoadedImage } from '../../source/commands/load-image.ts';
import { arbitraryLayers } from '../support/arbitrary-layers.ts';
import { loadLayers, waysOfReading } from '../support/load-layers.ts';
import { comparisonRows, wasteOfTree } from '../support/tree-view.ts';

/** All that an image says, but for how many bytes its layers have where they are stored. */
function essenceOf({ tree, analysis, image }: LoadedImage) {
	return {
		...analysis,
		storedBytes: null,
		layers: analysis.layers.map((layer) => ({ ...layer, storedBytes: null })),
		waste: wasteOfTree(tree),
		changes: analysis.layers.map(({ index }) => comparisonRows(tree, index, index + 1)),
		config: image.description.config,
		history: image.description.history,
		diffIds: image.description.layers.map(({ diffId }) => diffId),
		diffIdMatches: image.diffIdMatches,
		warnings: image.warnings,
		notices: image.notices,
	};
}

for (const [name, load] of Object.entries(waysOfReading)) {
	test(`${name}: the same image as any other way`, async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				assert.deepEqual(essenceOf(await load(layers)), essenceOf(await loadLayers(layers)));
			}),
			{ numRuns: 40 },
		);
	});
}
