import { test } from 'node:test';
import fc from 'fast-check';
import { baselineOf } from '../../source/commands/related/image-baseline.ts';
import type { Baseline } from '../../source/gate/baseline/baseline.ts';
import { findGrownPaths } from '../../source/gate/baseline/grown-paths.ts';
import { leftOutOf } from '../../source/gate/baseline/left-out.ts';
import { finish } from '../../source/steps.ts';
import { globMatcher } from '../../source/text/glob/path-globs.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { loadLayers } from '../support/load-layers.ts';
import { savedImageOf } from '../support/saved-report.ts';

const globs = [['**/a'], ['b'], ['*', 'c/**']];
const named = { name: 'before', origin: 'image', reference: 'before' } as const;

test('the report of a baseline gives what the image itself gives: figures, paths that grew, paths that are left out', async (t) => {
	await fc.assert(
		fc.asyncProperty(arbitraryLayers, arbitraryLayers, async (older, newer) => {
			const [before, after] = await Promise.all([loadLayers(older), loadLayers(newer)]);
			const saved = await savedImageOf(before, false);
			const [image, report] = [baselineOf(named, before), baselineOf(named, saved)];
			t.assert.deepEqual(report.figures, image.figures);
			const grown = ({ tree }: Baseline) => finish(findGrownPaths(tree, after.tree));
			t.assert.deepEqual(grown(report), grown(image));
			for (const each of globs) {
				const leftOut = ({ tree, base }: Baseline) =>
					finish(leftOutOf(tree, base.layerCount, globMatcher(each)));
				t.assert.deepEqual(leftOut(report), leftOut(image));
			}
		}),
		{ numRuns: 60 },
	);
});
