import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { essenceOf } from '../support/essence.ts';
import { loadLayers, waysOfReading } from '../support/load-layers.ts';
import { runs } from '../support/runs.ts';

for (const [name, load] of Object.entries(waysOfReading)) {
	test(`${name}: the same image as any other way`, async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				assert.deepEqual(essenceOf(await load(layers)), essenceOf(await loadLayers(layers)));
			}),
			{ numRuns: runs(40) },
		);
	});
}
