import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { noCache } from '../../source/cache/layer-cache.ts';
import type { OpenOptions } from '../../source/sources/image-source.ts';
import { LayerWorkers } from '../../source/sources/layer-workers.ts';
import { type LayerReading, readLayers } from '../../source/sources/read-layers.ts';
import type { Changeset } from '../../source/tar/changeset.ts';
import { file } from '../support/tar-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { layerTar } from '../support/write-archive.ts';

interface Listeners extends Pick<LayerReading, 'onLowest'>, Pick<OpenOptions, 'onLayer'> {
	/** Of each layer; it takes a while to read by default. */
	readonly bytes?: number;
	readonly threads?: number;
}

/** Reads layers of one file each. */
async function readSome(
	t: TestContext,
	count: number,
	{ onLayer, onLowest, bytes = 40_000_000, threads = 2 }: Listeners,
) {
	const folder = await temporaryFolder(t);
	const locations = Array.from({ length: count }, (_, index) => {
		const tar = layerTar([file(`file-${index}`)]);
		const path = join(folder, `${index}.tar`);
		writeFileSync(path, tar);
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
		options: { ...(onLayer && { onLayer }) },
		...(onLowest && { onLowest }),
	});
}

suite('plain layers', () => {
	for (const count of [1, 3])
		test(`are all handed on once ${count} of them are read, whoever else gets the lowest`, async (t) => {
			const handedOn: Changeset[] = [];
			const { changesets } = await readSome(t, count, {
				onLayer: ({ changeset }) => handedOn.push(changeset),
				onLowest: async () => {},
			});
			assert.equal(handedOn.length, count);
			assert.ok(handedOn.every((changeset, index) => changeset === changesets[index]));
		});

	test('are not read on when something goes wrong with one that is handed on', async (t) => {
		const failure = new Error('too many');
		const onLayer = () => {
			throw failure;
		};
		await assert.rejects(readSome(t, 1, { onLayer, onLowest: async () => {} }), failure);
	});

	const kept: readonly (readonly [string, Listeners])[] = [
		['by whoever reads alone, and would have to stop for that', { threads: 1 }],
		['where they are read in no time', { bytes: 40_960 }],
	];
	for (const [name, listeners] of kept)
		test(`are not handed on ${name}`, async (t) => {
			const handedOn: Changeset[] = [];
			await readSome(t, 3, { ...listeners, onLayer: ({ changeset }) => handedOn.push(changeset) });
			assert.equal(handedOn.length, 0);
		});
});
