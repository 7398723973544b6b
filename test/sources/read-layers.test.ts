import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
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

/** Reads layers of one file each. */
async function readSome(
	t: TestContext,
	count: number,
	reading: Pick<LayerReading, 'onLowest'> & Pick<OpenOptions, 'onLayer'>,
) {
	const folder = await temporaryFolder(t);
	const locations = Array.from({ length: count }, (_, index) => {
		const tar = layerTar([file(`file-${index}`)]);
		const path = join(folder, `${index}.tar`);
		writeFileSync(path, tar);
		return { path, start: 0, bytes: tar.length };
	});
	const { onLayer, ...rest } = reading;
	const options = { ...(onLayer && { onLayer }) };
	return readLayers(locations, {
		label: 'image',
		workers: new LayerWorkers(),
		cache: noCache(),
		options,
		...rest,
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
});
