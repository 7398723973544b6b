import type { LayerCache } from '../cache/layer-cache.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { PassOptions } from '../tar/scan-stream.ts';
import { FileMemory, isWorthRemembering, readingCost } from './file-memory.ts';
import type { OpenOptions } from './image-source.ts';
import { LayerProgress } from './layer-progress.ts';
import type { ScanTask } from './layer-task.ts';
import type { LayerWorkers } from './layer-workers.ts';
import { locateFault } from './locate-fault.ts';
import { type BlobLocation, compressionOf } from './located-blobs.ts';
import { passOptions } from './verified-layers.ts';

/** Layers on disk, read. */
export interface ReadLayers {
	/** Lowest first; two layers with one blob share one changeset. */
	readonly changesets: readonly Changeset[];
	/** Where each uncompressed layer lies; null for those that were unpacked. */
	readonly locations: readonly (BlobLocation | null)[];
	/** What the cache has of them; null where that is not worth a look. */
	readonly memory: FileMemory | null;
}

export interface LayerReading {
	/** What to call the image in errors. */
	readonly label: string;
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
	readonly options: OpenOptions;
	/** Gets the lowest layer as soon as it is read. */
	readonly onLowest?: (changeset: Changeset) => Promise<void> | undefined;
}

/** Layers that lie there uncompressed gain little from a third thread, which takes 20 MB of memory. */
const MOST_THREADS_FOR_PLAIN = 2;

/**
 * Reads layers that lie on disk: the uncompressed ones by position, the others as they are unpacked. Each blob is read once, the
 * ones that take longest first, as the largest decides how long all take. Throws `FathomError`.
 */
export async function readLayers(
	layers: readonly BlobLocation[],
	{ label, workers, cache, options, onLowest }: LayerReading,
): Promise<ReadLayers> {
	const blobs = await distinctBlobs(layers, label, passOptions(options, cache.identityKey));
	const memory = isWorthRemembering(totalCost([...blobs.values()])) ? new FileMemory(cache) : null;
	const known = memory === null ? new Map<string, Changeset>() : findKnown(blobs, memory);
	const unknown = [...blobs.values()].filter(({ key }) => !known.has(key));
	const byCost = unknown.sort((left, right) => costOf(right.task) - costOf(left.task));
	const packed = byCost.filter(({ task }) => task.compression !== 'none');
	const plainThreads = Math.min(byCost.length, MOST_THREADS_FOR_PLAIN);
	workers.start({ tasks: Math.max(packed.length, plainThreads), cost: totalCost(byCost) });
	const lowest = layers.length === 0 ? undefined : blobs.get(keyOf(layers[0]));
	const knownLowest = lowest && known.get(lowest.key);
	if (knownLowest !== undefined) await onLowest?.(knownLowest);
	const ordered = onLowest ? withFirstOfMainThread(byCost, lowest, workers.width) : byCost;
	const progress = new LayerProgress(
		ordered.map(({ task }) => task.location),
		options,
	);
	const read = await workers.run(
		ordered.map(({ task }) => task),
		{
			signal: options.signal,
			onProgress: (index, bytesDone) => progress.set(ordered[index].task.location, bytesDone),
			onResult: (index, result) => (ordered[index] === lowest ? onLowest?.(result) : undefined),
			wordError: (index, error) => locateFault(error, ordered[index].where),
		},
	);
	const changesets = new Map([...known, ...ordered.map(({ key }, index) => [key, read[index]] as const)]);
	return {
		changesets: layers.map((location) => changesets.get(keyOf(location)) as Changeset),
		locations: layers.map((location) =>
			blobs.get(keyOf(location))?.task.compression === 'none' ? location : null,
		),
		memory,
	};
}

/** Every layer is looked for, and asked for its key, before any is read. */
function findKnown(
	blobs: ReadonlyMap<string, LayerBlob>,
	memory: FileMemory,
): ReadonlyMap<string, Changeset> {
	const known = new Map<string, Changeset>();
	for (const { key, task } of blobs.values()) {
		const changeset = memory.find(task.location);
		if (changeset !== null) known.set(key, changeset);
	}
	return known;
}

/** The list with one moved to where the main thread begins, unless it comes earlier: workers choose before it. */
function withFirstOfMainThread(
	blobs: readonly LayerBlob[],
	first: LayerBlob | undefined,
	width: number,
): readonly LayerBlob[] {
	if (first === undefined || blobs.indexOf(first) < width) return blobs;
	return blobs.filter((blob) => blob !== first).toSpliced(width - 1, 0, first);
}

/** A blob, and which layer it is first. */
interface LayerBlob {
	readonly key: string;
	readonly task: ScanTask;
	readonly where: string;
}

async function distinctBlobs(
	layers: readonly BlobLocation[],
	label: string,
	pass: PassOptions,
): Promise<ReadonlyMap<string, LayerBlob>> {
	const blobs = new Map<string, LayerBlob>();
	for (const [index, location] of layers.entries()) {
		const key = keyOf(location);
		if (blobs.has(key)) continue;
		const task = {
			type: 'scan' as const,
			location,
			compression: await compressionOf(location),
			pass,
		};
		blobs.set(key, { key, task, where: `${label}: layer ${index + 1}` });
	}
	return blobs;
}

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}

function costOf({ location, compression }: ScanTask): number {
	return readingCost(location.bytes, compression !== 'none');
}

function totalCost(blobs: readonly LayerBlob[]): number {
	return blobs.reduce((sum, { task }) => sum + costOf(task), 0);
}
