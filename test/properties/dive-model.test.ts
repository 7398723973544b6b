import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { loadLayers } from '../support/load-layers.ts';
import { scorePlainly } from '../support/plain/plain-dive.ts';
import { runs } from '../support/runs.ts';

test("dive's score is that of a plain model of dive", () =>
	fc.assert(
		fc.asyncProperty(arbitraryLayers, async (layers) => {
			const { dive } = await (await loadLayers(layers)).ask(['dive']);
			assert.deepEqual(dive, scorePlainly(layers));
		}),
		{ numRuns: runs(500) },
	));
