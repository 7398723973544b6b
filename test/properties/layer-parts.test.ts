import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { tasksFor } from '../../source/sources/layers/layer-parts.ts';
import { runLayerTask } from '../../source/sources/workers/run-layer-task.ts';
import { layerOf, noPause, readInParts, taskFor } from '../sources/layers/packed-layers.ts';
import { runs } from '../support/runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a layer in parts is never read otherwise than the whole one, whatever is damaged', async (t) => {
	const folder = await temporaryFolder(t);
	const small = gzipSync(layerOf(60, 2));
	const flips = fc.array(fc.nat(small.length * 8 - 1), { maxLength: 2 });
	const cut = fc.oneof(fc.constant(small.length), fc.nat(small.length));
	await fc.assert(
		fc.asyncProperty(flips, cut, fc.integer({ min: 2, max: 4 }), async (bits, end, parts) => {
			const damaged = Buffer.from(small.subarray(0, end));
			for (const bit of bits) damaged[bit >> 3] ^= 1 << (bit & 7);
			const task = taskFor(folder, damaged);
			const whole = await runLayerTask(task, noPause).catch(() => null);
			const inParts = await readInParts(await tasksFor(task, parts)).catch(() => null);
			assert.deepEqual(inParts, whole);
		}),
		{ numRuns: runs(150) },
	);
});
