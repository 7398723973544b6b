import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type LayerBlob, readBlobs } from '../../../source/sources/layers/read-blobs.ts';
import { LayerWorkers } from '../../../source/sources/workers/layer-workers.ts';
import type { Changeset } from '../../../source/tar/changeset.ts';
import { newIdentityKey } from '../../../source/tar/content-identity.ts';
import { rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { numbersOf } from '../../tar/inflate/packed-data.ts';

/** So large that it is read in parts where there are two threads; made of one member again and again. */
const large = largeLayer(70_000_000);
const small = gzipSync(rawTar([rawEntry(file('small', 'small'))]));

suite('blobs', () => {
	test('are the same with one thread, and with several that share the largest', async (t) => {
		const blobs = blobsIn(await temporaryFolder(t), [large, small]);
		const alone = await read(blobs, 1);
		assert.deepEqual(await read(blobs, 2), alone);
		assert.deepEqual([...alone.keys()].sort(), ['0', '1']);
	});

	test('are damaged in the same words', async (t) => {
		const folder = await temporaryFolder(t);
		for (const place of [large.length >> 2, large.length - 8]) {
			const damaged = Buffer.from(large);
			damaged[place] ^= 0xff;
			const blobs = blobsIn(folder, [damaged, small]);
			const message = await read(blobs, 1).catch(String);
			assert.match(String(message), /image: layer 1.* gzip data is damaged/);
			assert.equal(await read(blobs, 2).catch(String), message);
		}
	});

	test('tell how far they are: no more than all, and all at the end', async (t) => {
		const blobs = blobsIn(await temporaryFolder(t), [large, small]);
		const told: number[] = [];
		await read(blobs, 2, (bytesDone) => told.push(bytesDone));
		assert.ok(told.length > 4);
		assert.deepEqual(told.at(-1), large.length + small.length);
		assert.deepEqual(
			told,
			told.toSorted((left, right) => left - right),
		);
	});
});

async function read(
	blobs: readonly LayerBlob[],
	threads: number,
	onBytes: (bytesDone: number) => void = () => {},
): Promise<ReadonlyMap<string, Changeset>> {
	const changesets = new Map<string, Changeset>();
	const onRead = async ({ key }: LayerBlob, changeset: Changeset) => void changesets.set(key, changeset);
	const onProgress = ({ bytesDone }: { readonly bytesDone: number }) => onBytes(bytesDone);
	await withWorkers(threads, (workers) => readBlobs(blobs, { workers, options: { onProgress }, onRead }));
	return changesets;
}

async function withWorkers<T>(threads: number, use: (workers: LayerWorkers) => Promise<T>): Promise<T> {
	const workers = new LayerWorkers();
	workers.start({ tasks: threads, cost: Number.MAX_SAFE_INTEGER });
	try {
		return await use(workers);
	} finally {
		await workers.close();
	}
}

const identityKey = newIdentityKey();

function blobsIn(folder: string, layers: readonly Uint8Array[]): readonly LayerBlob[] {
	return layers.map((layer, index) => {
		const path = join(folder, String(index));
		writeFileSync(path, layer);
		const location = { path, start: 0, bytes: layer.length };
		const hashing = { identityKey, largestVerifiedBytes: 0 };
		const compression = 'gzip';
		const task = { type: 'scan' as const, location, compression, hashing, withDigest: false } as const;
		return { key: String(index), task, where: `image: layer ${index + 1}`, diffId: null, mediaType: null };
	});
}

function largeLayer(bytes: number): Buffer {
	const next = numbersOf(1);
	const numbers = Array.from({ length: 200_000 }, () => next().toString(36)).join(' ');
	const files = Array.from({ length: 100 }, (_, index) => {
		const start = next() % numbers.length;
		return rawEntry(file(`file-${index}`, numbers.slice(start, start + 50_000)));
	});
	const member = gzipSync(Buffer.concat(files), { level: 1 });
	return Buffer.concat(Array(Math.ceil(bytes / member.length)).fill(member));
}
