import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findWastedPaths } from '../../source/analysis/wasted-paths.ts';
import { stackChangesets } from '../../source/filetree/stacking/stack.ts';
import { runInSlices } from '../../source/sources/time-slice.ts';
import { finish } from '../../source/steps.ts';

interface Death {
	readonly node: number;
	readonly bytes: number;
}

const NODES = 50;

async function rankingOf(deaths: readonly Death[]): Promise<readonly Death[]> {
	const { tree } = await stackChangesets([], async () => new Uint32Array(0), { run: runInSlices });
	const waste = {
		count: deaths.length,
		nodes: Int32Array.from(deaths, ({ node }) => node),
		bytes: Float64Array.from(deaths, ({ bytes }) => bytes),
		layers: new Uint16Array(deaths.length),
		culprits: new Uint16Array(deaths.length),
		causes: new Uint8Array(deaths.length),
	};
	const ranking = finish(findWastedPaths({ ...tree, nodeCount: NODES, waste }));
	return [...ranking].map(({ node, bytes }) => ({ node, bytes }));
}

/** The same, said plainly: the bytes of each path together, most first, and then in path order. */
function expectedRanking(deaths: readonly Death[]): readonly Death[] {
	const byNode = new Map<number, number>();
	for (const { node, bytes } of deaths) byNode.set(node, (byNode.get(node) ?? 0) + bytes);
	return [...byNode]
		.map(([node, bytes]) => ({ node, bytes }))
		.sort((left, right) => right.bytes - left.bytes || left.node - right.node);
}

describe('the wasted paths', () => {
	for (const [name, largest] of [
		['of any size', 2 ** 34],
		['of the same few sizes', 3],
		['as large as a number can be', Number.MAX_SAFE_INTEGER / NODES],
	] as const) {
		test(`${name} come with the most wasteful first, and then in path order`, async () => {
			const death = fc.record({
				node: fc.nat(NODES - 1),
				bytes: fc.integer({ min: 1, max: Math.floor(largest) }),
			});
			await fc.assert(
				fc.asyncProperty(fc.array(death), async (deaths) => {
					assert.deepEqual(await rankingOf(deaths), expectedRanking(deaths));
				}),
			);
		});
	}
});
