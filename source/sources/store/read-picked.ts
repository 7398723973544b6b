import type { CacheAddress } from '../../cache/cache-address.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import { asFileError } from '../file-errors.ts';
import { DiskFileReader } from '../files/file-reader.ts';
import { layersOnDisk } from '../files/tar-access.ts';
import type { ReadImage, ReadOptions, SourceInput, SourceKind } from '../image-source.ts';
import type { CachedFileLayers } from '../layers/cached-file-layers.ts';
import { addressOfLayers, type KeyedLayer } from '../layers/file-keys.ts';
import { isOfOneLayer, type LayerWatcher } from '../layers/layer-watcher.ts';
import { type ReadLayers, readLayers } from '../layers/read-layers.ts';
import { withDigests } from '../layers/verified-layers.ts';
import { TimeSlice } from '../time-slice.ts';
import { assembleImage, type PickedImage } from './assemble-image.ts';
import type { BlobLocation } from './blob-location.ts';
import type { DiskStore } from './disk-store.ts';
import { type ListedLayer, missingLayer } from './listed-image.ts';
import { type LayerOnDisk, requireTars } from './require-tars.ts';

export interface Picked {
	readonly store: DiskStore;
	readonly picked: PickedImage;
	readonly sourceKind: SourceKind;
}

/** Reads the layers of an image that was picked from a store on disk. Throws `FathomError`. */
export async function readPicked(
	input: SourceInput,
	picked: Picked,
	options: ReadOptions,
): Promise<ReadImage> {
	const { store, sourceKind } = picked;
	const { found, description, others, choices, warnings, notices, provenance } = picked.picked;
	const { watcher } = options;
	await watcher?.onDescribed({ description, warnings, notices, choices });
	const present = await layersToRead(picked, watcher?.isForgiving ? watcher : null);
	const isWhole = present.length === found.layers.length;
	const blobs = present.map(({ location }) => location);
	const { workers, cache } = input;
	// Layers are handed on by their place in the list, so only where none is left out.
	const { onLayer, ...later } = options;
	const read = await readLayers(blobs, {
		label: store.label,
		layerIndices: present.map(({ index }) => index),
		diffIds: present.map(({ index }) => description.layers[index].diffId),
		mediaTypes: present.map(({ layer }) => layer.mediaType),
		workers,
		cache,
		options: isWhole ? options : later,
	});
	const { locations, cached } = read;
	const { changesets, diffIdOf } = await withDigests(read.changesets, { locations, workers, options });
	if (cached !== null) await storeLayers(blobs, changesets, { read, cached, signal: options.signal });
	const all = placeLayers(present, found.layers.length);
	const tars = layersOnDisk(blobs, locations);
	return assembleImage({
		reference: input.reference,
		sourceKind,
		description,
		others,
		choices,
		changesets: all(changesets, emptyChangeset),
		diffIdOf,
		warnings,
		notices,
		provenance,
		content: locations.some((location) => location !== null)
			? { locations: all(locations, () => null) }
			: null,
		// What is worked out from the layers that are there goes for them alone.
		answers: isWhole && !read.isUnread.includes(true) ? addressOf(blobs, read) : null,
		files: new DiskFileReader({ label: store.label, layers: all(tars, () => null) }),
	});
}

type PresentLayer = LayerOnDisk & { readonly layer: ListedLayer };

/** The layers that are there. One that should be there and is not, or is no tar, is thrown, or `watcher` gets it. */
async function layersToRead(
	{ store, picked: { found, isAbsent } }: Picked,
	watcher: LayerWatcher | null,
): Promise<readonly PresentLayer[]> {
	const present: PresentLayer[] = [];
	for (const [index, layer] of found.layers.entries()) {
		if (isAbsent[index]) continue;
		try {
			const location = store.locationOf(layer.name);
			if (location === null) throw missingLayer(found, index, store.label);
			await requireTars([{ layer, index, location }], store.label);
			present.push({ layer, index, location });
		} catch (error) {
			const worded = asFileError(error, store.label);
			if (watcher === null || !isOfOneLayer(worded)) throw error;
			watcher.onFailed([index], worded);
		}
	}
	return present;
}

/** Puts what belongs to the layers that are present in their places, and something else in the others. */
function placeLayers(present: readonly { readonly index: number }[], layerCount: number) {
	const places = new Map(present.map(({ index }, place) => [index, place]));
	return <T, Other>(items: readonly T[], other: () => Other): readonly (T | Other)[] =>
		Array.from({ length: layerCount }, (_, index) => {
			const place = places.get(index);
			return place === undefined ? other() : items[place];
		});
}

interface Storing {
	readonly read: ReadLayers;
	readonly cached: CachedFileLayers;
	readonly signal: AbortSignal | undefined;
}

async function storeLayers(
	blobs: readonly BlobLocation[],
	changesets: readonly Changeset[],
	{ read: { changesets: read, locations, origins, isUnread }, cached, signal }: Storing,
): Promise<void> {
	const slice = new TimeSlice(signal);
	for (const [index, blob] of blobs.entries()) {
		if (origins.has(read[index]) || isUnread[index]) continue;
		cached.store(blob, changesets[index], { isPacked: locations[index] === null });
		await slice.yield();
	}
}

/** The address of what is worked out from layers, by the blobs that they were read from; null where one is not cached. */
function addressOf(
	blobs: readonly BlobLocation[],
	{ changesets, origins, cached }: ReadLayers,
): CacheAddress | null {
	const layers = blobs.flatMap((blob, index): readonly KeyedLayer[] => {
		const { location, keys } = origins.get(changesets[index]) ?? {
			location: blob,
			keys: cached?.keys ?? null,
		};
		return keys === null ? [] : [{ location, keys }];
	});
	return layers.length === blobs.length ? addressOfLayers(layers) : null;
}
