import type { LayerCache } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ReadOptions } from '../image-source.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { totalCost } from './blob-order.ts';
import { type LayerBlob, mostTasksOf } from './read-blobs.ts';

/** How layers on disk are read. */
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
}

/** The layers of an image, and what of them is known. */
export interface KnownLayers {
	/** By the key of the blob. */
	readonly known: ReadonlyMap<string, Changeset>;
	/** Where all layers lie, lowest first. */
	readonly layers: readonly BlobLocation[];
	readonly reading: LayerReading;
}

/** Starts the threads that are worth it for these blobs. */
export function startThreads(blobs: readonly LayerBlob[], { workers, options }: LayerReading): void {
	const packed = blobs.filter(({ task }) => task.compression !== 'none');
	const plainThreads = Math.min(blobs.length, threadsForPlain(options));
	workers.start({ tasks: Math.max(mostTasksOf(packed), plainThreads), cost: totalCost(blobs) });
}

/**
 * Layers that lie there uncompressed gain little from a third thread, which takes 20 MB of memory; and nothing from a second one where
 * that would keep the first layer from being shown.
 */
export function threadsForPlain({ watcher }: ReadOptions): number {
	return watcher ? 1 : 2;
}
