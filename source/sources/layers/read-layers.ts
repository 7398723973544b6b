import { isWorthCaching } from '../../cache/kinds/kind.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { Origin, SharedLayer } from '../sharing/shared-layers.ts';
import { type BlobLocation, compressionOf } from '../store/blob-location.ts';
import { TimeSlice } from '../time-slice.ts';
import type { ScanTask } from '../workers/layer-task.ts';
import { expectedEntries, inReadingOrder, keyOf, totalCost } from './blob-order.ts';
import { CachedFileLayers } from './cached-file-layers.ts';
import { type KnownLayers, type LayerReading, startThreads } from './layer-reading.ts';
import { LayersInOrder } from './layers-in-order.ts';
import { lowestFault } from './lowest-fault.ts';
import { type LayerBlob, readBlobs } from './read-blobs.ts';
import { readWatched } from './read-watched.ts';
import { hashOptions, toVerify } from './verified-layers.ts';

/** Layers on disk, read. */
export interface ReadLayers {
	/** Lowest first; two layers with one blob share one changeset. */
	readonly changesets: readonly Changeset[];
	/** Where each uncompressed layer lies; null for those that were unpacked. */
	readonly locations: readonly (BlobLocation | null)[];
	/** Where those were read that another image gave because their diff ID is the same, which nobody has checked. */
	readonly origins: ReadonlyMap<Changeset, Origin>;
	/** Whether each layer could not be read, and is empty in its place. */
	readonly isUnread: readonly boolean[];
	/** These layers in the cache; null where that is not worth it. */
	readonly cached: CachedFileLayers | null;
}

/** Reads layers that lie on disk: the uncompressed ones by position, the others as they are unpacked. Each blob is read once. Throws `FathomError`. */
export async function readLayers(
	layers: readonly BlobLocation[],
	reading: LayerReading,
): Promise<ReadLayers> {
	const { cache } = reading;
	const { watcher } = reading.options;
	const faults = new Map<string, unknown>();
	const blobs = await distinctBlobs(layers, reading, watcher?.isForgiving ? faults : null);
	const cached = CachedFileLayers.of(cache, totalCost([...blobs.values()]), reading.options.facts);
	const taken = await takeShared(blobs, reading);
	const others = new Map([...blobs].filter(([key]) => !taken.known.has(key)));
	const found = cached === null ? new Map<string, Changeset>() : await findKnown(others, cached, reading);
	const known = new Map([...taken.known, ...found]);
	const unknown = [...blobs.values()].filter(({ key }) => !known.has(key));
	const rest = { known, layers, reading };
	const read = watcher
		? await readWatched(unknown, rest, { watcher, faults })
		: { changesets: await readUnknown(unknown, rest), unread: none };
	const { changesets, unread } = read;
	giveShared(blobs, { changesets, cached }, reading);
	const isPlain = (key: string): boolean => blobs.get(key)?.task.compression === 'none' && !unread.has(key);
	return {
		origins: taken.origins,
		changesets: layers.map((location) => changesets.get(keyOf(location)) as Changeset),
		locations: layers.map((location) => (isPlain(keyOf(location)) ? location : null)),
		isUnread: layers.map((location) => unread.has(keyOf(location))),
		cached,
	};
}

const none: ReadonlySet<string> = new Set();

interface TakenLayers {
	/** By the key of the blob. */
	readonly known: ReadonlyMap<string, Changeset>;
	readonly origins: ReadonlyMap<Changeset, Origin>;
}

/** The layers that another image gives. */
async function takeShared(
	blobs: ReadonlyMap<string, LayerBlob>,
	{ options: { sharing } }: LayerReading,
): Promise<TakenLayers> {
	const known = new Map<string, Changeset>();
	const origins = new Map<Changeset, Origin>();
	if (sharing?.role !== 'takes') return { known, origins };
	for (const [key, blob] of blobs) {
		const taken = await sharing.shared.take(sharedLayer(blob));
		if (taken === null) continue;
		known.set(key, taken.changeset);
		if (taken.origin !== null) origins.set(taken.changeset, taken.origin);
	}
	return { known, origins };
}

function giveShared(
	blobs: ReadonlyMap<string, LayerBlob>,
	{
		changesets,
		cached,
	}: { readonly changesets: ReadonlyMap<string, Changeset>; readonly cached: CachedFileLayers | null },
	{ options: { sharing } }: LayerReading,
): void {
	if (sharing?.role !== 'gives') return;
	for (const [key, blob] of blobs) {
		const changeset = changesets.get(key);
		if (changeset !== undefined) sharing.shared.give(sharedLayer(blob), changeset, cached?.keys ?? null);
	}
}

function sharedLayer({ task: { location, compression }, diffId }: LayerBlob): SharedLayer {
	return { location, diffId, isPacked: compression !== 'none' };
}

/** All layers are looked up, and get their keys, before any of them is read. */
async function findKnown(
	blobs: ReadonlyMap<string, LayerBlob>,
	cached: CachedFileLayers,
	{ options }: LayerReading,
): Promise<ReadonlyMap<string, Changeset>> {
	const known = new Map<string, Changeset>();
	const slice = new TimeSlice(options.signal);
	for (const { key, task } of blobs.values()) {
		const changeset = cached.lookUp(task.location, { isPacked: task.compression !== 'none' });
		if (changeset !== null) known.set(key, changeset);
		await slice.yield();
	}
	return known;
}

/** Reads blobs, and gives them with those that are known. */
async function readUnknown(
	unknown: readonly LayerBlob[],
	{ known, layers, reading }: KnownLayers,
): Promise<ReadonlyMap<string, Changeset>> {
	const { workers, options } = reading;
	const changesets = new Map(known);
	const ordered = inReadingOrder(unknown);
	startThreads(ordered, reading);
	const inOrder = new LayersInOrder(layers.map(keyOf), (changeset, layer) =>
		options.onLayer?.({ changeset, location: layers[layer] }, () => expectedEntries(layers, changesets)),
	);
	// Layers that are unpacked come late and nearly together: to stack meanwhile gains little, and takes the memory that unpacking takes. And
	// where only layers are unknown that are not worth caching, the cache may have the tree itself.
	const isPlain = ordered.every(({ task }) => task.compression === 'none');
	const handsOn = workers.width > 1 && isPlain && isWorthCaching('image', totalCost(unknown));
	const handOn = async (key: string, changeset: Changeset): Promise<void> => {
		if (handsOn) await inOrder.add(key, changeset);
	};
	const onRead = async (blob: LayerBlob, changeset: Changeset): Promise<void> => {
		changesets.set(blob.key, changeset);
		await handOn(blob.key, changeset);
	};
	try {
		await Promise.all([
			...[...known].map(([key, changeset]) => handOn(key, changeset)),
			readBlobs(ordered, { workers, options, onRead }),
		]);
	} catch (error) {
		const unread = unknown.filter(({ key }) => !changesets.has(key));
		throw await lowestFault(error, unread, options.signal);
	}
	return changesets;
}

/** `faults` gets those that cannot be opened; null: that is thrown. */
async function distinctBlobs(
	layers: readonly BlobLocation[],
	{ label, layerIndices, diffIds, mediaTypes, cache, options }: LayerReading,
	faults: Map<string, unknown> | null,
): Promise<ReadonlyMap<string, LayerBlob>> {
	const blobs = new Map<string, LayerBlob>();
	// Files on disk are hashed when they are asked for, by themselves.
	const hashing = { ...hashOptions(options, cache.identityKey), withFileDigests: false };
	const slice = new TimeSlice(options.signal);
	for (const [index, location] of layers.entries()) {
		const key = keyOf(location);
		if (blobs.has(key)) continue;
		await slice.yield();
		const compression = await compressionOf(location).catch((error: unknown) => {
			if (faults === null) throw error;
			faults.set(key, error);
			return null;
		});
		if (compression === null) continue;
		const task: ScanTask = { type: 'scan', location, compression, hashing, withDigest: false };
		const where = `${label}: layer ${(layerIndices?.[index] ?? index) + 1}`;
		const [diffId = null, mediaType = null] = [diffIds?.[index], mediaTypes?.[index]];
		blobs.set(key, { key, task, where, diffId, mediaType });
	}
	const plain = [...blobs.values()].filter(({ task }) => task.compression === 'none');
	for (const blob of toVerify(plain, ({ task }) => task.location.bytes, options))
		blobs.set(blob.key, { ...blob, task: { ...blob.task, withDigest: true } });
	return blobs;
}
