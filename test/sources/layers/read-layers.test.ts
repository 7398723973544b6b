import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { noCache } from '../../../source/cache/layer-cache.ts';
import type { PlainLayer, ReadOptions } from '../../../source/sources/image-source.ts';
import { readLayers } from '../../../source/sources/layers/read-layers.ts';
import { LayerWorkers } from '../../../source/sources/workers/layer-workers.ts';
import type { Changeset } from '../../../source/tar/changeset.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Listeners extends Pick<ReadOptions, 'onLayer' | 'onProgress'> {
	readonly threads?: number;
}

/** So large that it takes a while to read. */
const MUCH = 40_000_000;

/** Reads layers of one file each, with zeros behind it that make them so large. */
async function readSome(t: TestContext, sizes: readonly number[], { threads = 2, ...options }: Listeners) {
	const folder = await temporaryFolder(t);
	const locations = sizes.map((bytes, index) => {
		const path = join(folder, `${index}.tar`);
		writeFileSync(path, layerTar([file(`file-${index}`)]));
		truncateSync(path, bytes);
		return { path, start: 0, bytes };
	});
	const workers = new LayerWorkers();
	t.after(() => workers.close());
	workers.start({ tasks: threads, cost: Number.POSITIVE_INFINITY });
	return readLayers(locations, {
		label: 'image',
		workers,
		cache: noCache(),
		options,
	});
}

suite('plain layers', () => {
	for (const sizes of [[MUCH], [MUCH, MUCH, MUCH]])
		test(`are all handed on once ${sizes.length} of them are read`, async (t) => {
			const handedOn: Changeset[] = [];
			const { changesets } = await readSome(t, sizes, {
				onLayer: async ({ changeset }) => {
					handedOn.push(changeset);
				},
			});
			assert.equal(handedOn.length, sizes.length);
			assert.ok(handedOn.every((changeset, index) => changeset === changesets[index]));
		});

	test('are not read on when something goes wrong with one that is handed on', async (t) => {
		const failure = new Error('too many');
		const onLayer = () => {
			throw failure;
		};
		await assert.rejects(readSome(t, [MUCH], { onLayer }), failure);
	});

	const kept = [
		{ why: 'by whoever reads alone, and would have to stop for that', threads: 1, bytes: MUCH },
		{ why: 'where they are read in no time', threads: 2, bytes: 40_960 },
	];
	for (const { why, threads, bytes } of kept)
		test(`are not handed on ${why}`, async (t) => {
			const handedOn: Changeset[] = [];
			const onLayer = async ({ changeset }: PlainLayer) => {
				handedOn.push(changeset);
			};
			await readSome(t, [bytes, bytes, bytes], { threads, onLayer });
			assert.equal(handedOn.length, 0);
		});

	test('are read lowest first, behind the largest', async (t) => {
		const bytesDone: number[] = [];
		const onProgress: ReadOptions['onProgress'] = (progress) => bytesDone.push(progress.bytesDone);
		await readSome(t, [MUCH + 1024, MUCH, 2 * MUCH, MUCH + 512], { threads: 1, onProgress });
		const ends = [2 * MUCH, 3 * MUCH + 1024, 4 * MUCH + 1024, 5 * MUCH + 1536];
		// On a slow machine there is progress in the middle of a layer as well.
		assert.deepEqual(
			[...new Set(bytesDone)].filter((bytes) => ends.includes(bytes)),
			ends,
		);
	});
});
