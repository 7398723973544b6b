import { isWorthCaching } from '../../cache/kinds/kind.ts';
import type { LayerCache } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ReadOptions } from '../image-source.ts';
import type { Origin, SharedLayer } from '../sharing/shared-layers.ts';
import { type BlobLocation, compressionOf } from '../store/blob-location.ts';
import { TimeSlice } from '../time-slice.ts';
import type { ScanTask } from '../workers/layer-task.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { CachedFileLayers } from './cached-file-layers.ts';
import { LayersInOrder } from './layers-in-order.ts';
import { lowestFault } from './lowest-fault.ts';
import { costOf, type LayerBlob, mostTasksOf, readBlobs } from './read-blobs.ts';
import { hashOptions, toVerify } from './verified-layers.ts';

/** Layers on disk, read. */
export interface ReadLayers {
	/** Lowest first; two layers with one blob share one changeset. */
	readonly changesets: readonly Changeset[];
	/** Where each uncompressed layer lies; null for those that were unpacked. */
	readonly locations: readonly (BlobLocation | null)[];
	/** Where those were read that another image gave because their diff ID is the same, which nobody has checked. */
	readonly origins: ReadonlyMap<Changeset, Origin>;
	/** These layers in the cache; null where that is not worth it. */
	readonly cached: CachedFileLayers | null;
}

export interface LayerReading {
	/** What to call the image in errors. */
	readonly label: string;
	/** Which layer of the image each is, 0-based. */
	readonly layerIndices?: readonly number[];
	/** The diff ID of each, as the config states it. */
	readonly diffIds?: readonly (string | null)[];
	/** The media type of each, where it is known. */
	readonly mediaTypes?: readonly (string | null)[];
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
	readonly options: ReadOptions;
	/** Gets the lowest layer as soon as it is read. */
	readonly onLowest?: (changeset: Changeset) => Promise<void> | undefined;
}

const MOST_EXPECTED_ENTRIES = 1_250_000;

/** Reads layers that lie on disk: the uncompressed ones by position, the others as they are unpacked. Each blob is read once. Throws `FathomError`. */
export async function readLayers(
	layers: readonly BlobLocation[],
	reading: LayerReading,
): Promise<ReadLayers> {
	const { cache } = reading;
	const blobs = await distinctBlobs(layers, reading);
	const cached = CachedFileLayers.of(cache, totalCost([...blobs.values()]));
	const taken = await takeShared(blobs, reading);
	const others = new Map([...blobs].filter(([key]) => !taken.known.has(key)));
	const found = cached === null ? new Map<string, Changeset>() : await findKnown(others, cached, reading);
	const known = new Map([...taken.known, ...found]);
	const unknown = [...blobs.values()].filter(({ key }) => !known.has(key));
	const changesets = await readUnknown(unknown, { known, layers, reading });
	giveShared(blobs, { changesets, cached }, reading);
	return {
		origins: taken.origins,
		changesets: layers.map((location) => changesets.get(keyOf(location)) as Changeset),
		locations: layers.map((location) =>
			blobs.get(keyOf(location))?.task.compression === 'none' ? location : null,
		),
		cached,
	};
}

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
		const changeset = cached.lookUp(task.location);
		if (changeset !== null) known.set(key, changeset);
		await slice.yield();
	}
	return known;
}

interface KnownLayers {
	readonly known: ReadonlyMap<string, Changeset>;
	/** Where all layers lie, lowest first. */
	readonly layers: readonly BlobLocation[];
	readonly reading: LayerReading;
}

/** Reads blobs, and gives them with those that are known. */
async function readUnknown(
	unknown: readonly LayerBlob[],
	{ known, layers, reading }: KnownLayers,
): Promise<ReadonlyMap<string, Changeset>> {
	const keys = layers.map(keyOf);
	const { workers, options, onLowest } = reading;
	const changesets = new Map(known);
	const isLowest = ({ key }: LayerBlob) => key === keys[0];
	const lowest = known.get(keys[0]);
	if (lowest !== undefined) await onLowest?.(lowest);
	const ordered = inReadingOrder(unknown, onLowest ? isLowest : () => false);
	const packed = ordered.filter(({ task }) => task.compression !== 'none');
	const plainThreads = Math.min(ordered.length, threadsForPlain(options));
	workers.start({ tasks: Math.max(mostTasksOf(packed), plainThreads), cost: totalCost(ordered) });
	const inOrder = new LayersInOrder(keys, (changeset, layer) =>
		options.onLayer?.({ changeset, location: layers[layer] }, () => expectedEntries(layers, changesets)),
	);
	// Layers that are unpacked come late and nearly together: to stack meanwhile gains little, and takes the memory that unpacking takes. And
	// where only layers are unknown that are not worth caching, the cache may have the tree itself.
	const handsOn = workers.width > 1 && packed.length === 0 && isWorthCaching('image', totalCost(unknown));
	const handOn = async (key: string, changeset: Changeset): Promise<void> => {
		if (handsOn) await inOrder.add(key, changeset);
	};
	const onRead = async (blob: LayerBlob, changeset: Changeset): Promise<void> => {
		changesets.set(blob.key, changeset);
		await Promise.all([isLowest(blob) && onLowest?.(changeset), handOn(blob.key, changeset)]);
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

/**
 * The largest comes first, as it decides how long all take, and the main thread begins alone: workers take a while to start. Then come the
 * others that have to be unpacked, the largest before the others; then the plain ones, lowest first, so that they can be stacked while the
 * rest is read. What the main thread is to begin with comes before all.
 */
function inReadingOrder(
	blobs: readonly LayerBlob[],
	isFirst: (blob: LayerBlob) => boolean,
): readonly LayerBlob[] {
	const largest = blobs.reduce((most, { task }) => Math.max(most, costOf(task)), 0);
	const weightOf = ({ task }: LayerBlob): number =>
		task.compression === 'none' && costOf(task) < largest ? 0 : costOf(task);
	return blobs.toSorted(
		(left, right) => Number(isFirst(right)) - Number(isFirst(left)) || weightOf(right) - weightOf(left),
	);
}

/** A guess that is rather too high, from how many entries the layers have that are read. */
function expectedEntries(layers: readonly BlobLocation[], read: ReadonlyMap<string, Changeset>): number {
	let entries = 0;
	let readBytes = 0;
	let allBytes = 0;
	for (const layer of layers) {
		const changeset = read.get(keyOf(layer));
		entries += changeset?.count ?? 0;
		readBytes += changeset ? layer.bytes : 0;
		allBytes += layer.bytes;
	}
	return Math.min(Math.ceil((1.25 * entries * allBytes) / Math.max(1, readBytes)), MOST_EXPECTED_ENTRIES);
}

async function distinctBlobs(
	layers: readonly BlobLocation[],
	{ label, layerIndices, diffIds, mediaTypes, cache, options }: LayerReading,
): Promise<ReadonlyMap<string, LayerBlob>> {
	const blobs = new Map<string, LayerBlob>();
	// Files on disk are hashed when they are asked for, by themselves.
	const hashing = { ...hashOptions(options, cache.identityKey), withFileDigests: false };
	const slice = new TimeSlice(options.signal);
	for (const [index, location] of layers.entries()) {
		const key = keyOf(location);
		if (blobs.has(key)) continue;
		await slice.yield();
		const compression = await compressionOf(location);
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

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}

function totalCost(blobs: readonly LayerBlob[]): number {
	return blobs.reduce((sum, { task }) => sum + costOf(task), 0);
}

/**
 * Layers that lie there uncompressed gain little from a third thread, which takes 20 MB of memory; and nothing from a second one where
 * that would keep the lowest layer from being shown.
 */
export function threadsForPlain({ onLowestLayer }: ReadOptions): number {
	return onLowestLayer ? 1 : 2;
}
