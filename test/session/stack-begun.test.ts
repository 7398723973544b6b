import { test } from 'node:test';
import { noCache } from '../../source/cache/layer-cache.ts';
import type { ResolveContents } from '../../source/filetree/stacking/stack.ts';
import { stackCached } from '../../source/session/stack-cached.ts';
import { Stacking } from '../../source/session/stacking.ts';
import { LayerWorkers } from '../../source/sources/workers/layer-workers.ts';
import { file, whiteout } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { scanByPosition } from '../support/scan.ts';

const scan = () => [
	scanByPosition(layerTar([file('a', 'x'), file('b', 'y')])),
	scanByPosition(layerTar([whiteout('a'), file('c', 'z')])),
];
const resolve: ResolveContents = async ({ groups }) => Uint32Array.from(groups.layers, (_, item) => item);

/** The tree of two layers where a stack of some layers was begun while they were read. */
async function treeOf(begunWith: (layers: ReturnType<typeof scan>) => ReturnType<typeof scan>) {
	const layers = scan();
	const begin = (entries: number) => new Stacking(entries, new LayerWorkers(), {});
	const begun = begin(1);
	for (const changeset of begunWith(layers)) await begun.add(changeset, null);
	const rest = { begun, begin, locations: [], resolve };
	const stacked = await stackCached(layers, { cache: noCache(), answers: null }, rest);
	return stacked.tree;
}

test('a stack goes on from the layers that it was begun with', async (t) => {
	const whole = await treeOf(() => []);
	t.assert.deepEqual(await treeOf((layers) => layers.slice(0, 1)), whole);
	t.assert.deepEqual(await treeOf((layers) => layers), whole);
});

test('a stack that was begun with the layers of another image is begun anew', async (t) => {
	const whole = await treeOf(() => []);
	t.assert.deepEqual(await treeOf(() => scan().slice(0, 1)), whole);
	t.assert.deepEqual(await treeOf((layers) => [...layers, ...layers]), whole);
});
