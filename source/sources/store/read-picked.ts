import type { Changeset } from '../../tar/changeset.ts';
import { DiskFileReader } from '../files/file-reader.ts';
import { layersOnDisk } from '../files/tar-access.ts';
import type { ReadImage, ReadOptions, SourceInput, SourceKind } from '../image-source.ts';
import type { CachedFileLayers } from '../layers/cached-file-layers.ts';
import { readLayers } from '../layers/read-layers.ts';
import { withDigests } from '../layers/verified-layers.ts';
import { TimeSlice } from '../time-slice.ts';
import { assembleImage, notAnImage, type PickedImage } from './assemble-image.ts';
import type { BlobLocation } from './blob-location.ts';
import type { DiskStore } from './disk-store.ts';

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
	const { found, description, others, warnings, notices } = picked.picked;
	const blobs = found.layers.map(({ name }) => {
		const location = store.locationOf(name);
		if (location === null) throw notAnImage(store.label, `the layer ${name} is gone`);
		return location;
	});
	const { workers, cache } = input;
	const { onLowestLayer } = options;
	const read = await readLayers(blobs, {
		label: store.label,
		workers,
		cache,
		options,
		...(onLowestLayer && {
			onLowest: (changeset: Changeset) => onLowestLayer({ description, changeset, notices }),
		}),
	});
	const { locations, cached } = read;
	const { changesets, diffIdOf } = await withDigests(read.changesets, { locations, workers, options });
	if (cached !== null) await storeLayers(blobs, changesets, { locations, cached, signal: options.signal });
	return assembleImage({
		reference: input.reference,
		sourceKind,
		description,
		others,
		changesets,
		diffIdOf,
		warnings,
		notices,
		content: locations.some((location) => location !== null) ? { locations } : null,
		answers: cached?.keys.addressOf(blobs) ?? null,
		files: new DiskFileReader({ label: store.label, layers: layersOnDisk(blobs, locations) }),
	});
}

interface Storing {
	readonly locations: readonly (BlobLocation | null)[];
	readonly cached: CachedFileLayers;
	readonly signal: AbortSignal | undefined;
}

async function storeLayers(
	blobs: readonly BlobLocation[],
	changesets: readonly Changeset[],
	{ locations, cached, signal }: Storing,
): Promise<void> {
	const slice = new TimeSlice(signal);
	for (const [index, blob] of blobs.entries()) {
		cached.store(blob, changesets[index], locations[index] === null);
		await slice.yield();
	}
}
