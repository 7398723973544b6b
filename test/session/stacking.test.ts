import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { noCache } from '../../source/cache/layer-cache.ts';
import type { FileTree } from '../../source/filetree/file-tree.ts';
import type { StackedImage } from '../../source/filetree/stacked-image.ts';
import { Stacking } from '../../source/session/stacking.ts';
import { resolveContents } from '../../source/sources/contents/resolve-contents.ts';
import type { BlobLocation } from '../../source/sources/store/blob-location.ts';
import { LayerWorkers } from '../../source/sources/workers/layer-workers.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { file, type TarEntry } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { scanByPosition } from '../support/scan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Layers = readonly (readonly TarEntry[])[];

function startedWorkers(t: TestContext): LayerWorkers {
	const workers = new LayerWorkers();
	t.after(() => workers.close());
	workers.start({ tasks: 2, cost: Number.POSITIVE_INFINITY });
	return workers;
}

/** The tree of layers that lie as tars in a folder, and are added one by one. */
async function treeOf(layers: Layers, folder: string, workers: LayerWorkers): Promise<FileTree> {
	const stacking = new Stacking(1, workers, {});
	const locations: BlobLocation[] = [];
	for (const [index, entries] of layers.entries()) {
		const tar = layerTar(entries);
		const path = join(folder, `${index}.tar`);
		writeFileSync(path, tar);
		const location = { path, start: 0, bytes: tar.length };
		await stacking.add(scanByPosition(tar), location);
		locations.push(location);
	}
	return (await finish(stacking, locations)).tree;
}

function finish(stacking: Stacking, locations: readonly BlobLocation[]): Promise<StackedImage> {
	const { comparer } = stacking;
	return stacking.finish(({ groups, changesets }) =>
		resolveContents(groups, {
			changesets,
			locations,
			answers: null,
			comparer,
			cache: noCache(),
			options: {},
		}),
	);
}

describe('contents that workers compare while layers are stacked', () => {
	test('make the same tree as those that are compared at the end', async (t) => {
		const folder = await temporaryFolder(t);
		const workers = startedWorkers(t);
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const alone = await treeOf(layers, folder, new LayerWorkers());
				assert.deepEqual(await treeOf(layers, folder, workers), alone);
			}),
			{ numRuns: 150 },
		);
	});

	test('are compared at the end where hundreds of layers change something', async (t) => {
		const folder = await temporaryFolder(t);
		const base = Array.from({ length: 200 }, (_, index) => file(`f${index}`, 'same'));
		const layers = [base, ...base.map(({ name }, index) => [file(name, index % 2 === 0 ? 'same' : 'else')])];
		const alone = await treeOf(layers, folder, new LayerWorkers());
		assert.deepEqual(await treeOf(layers, folder, startedWorkers(t)), alone);
	});

	test('tell of a layer that was cut since it was read', async (t) => {
		const folder = await temporaryFolder(t);
		const stacking = new Stacking(1, startedWorkers(t), {});
		const tar = layerTar([file('a', Buffer.alloc(600_000, 'x'))]);
		const locations: BlobLocation[] = [];
		for (const name of ['lower.tar', 'upper.tar']) {
			const location = { path: join(folder, name), start: 0, bytes: tar.length };
			writeFileSync(location.path, tar.subarray(0, 100_000));
			await stacking.add(scanByPosition(tar), location);
			locations.push(location);
		}
		await assert.rejects(finish(stacking, locations), { kind: 'truncated' });
	});
});
