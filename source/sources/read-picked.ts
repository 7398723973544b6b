import type { Changeset } from '../tar/changeset.ts';
import { assembleImage, notAnImage, type PickedImage } from './assemble-image.ts';
import type { OpenOptions, ReadImage, SourceInput, SourceKind } from './image-source.ts';
import type { LocatedStore } from './located-store.ts';
import { readLayers } from './read-layers.ts';
import { digestsOf } from './verified-layers.ts';

export interface Picked {
	readonly store: LocatedStore;
	readonly picked: PickedImage;
	readonly sourceKind: SourceKind;
}

/** Reads the layers of an image that was picked from a store on disk. Throws `FathomError`. */
export async function readPicked(
	input: SourceInput,
	picked: Picked,
	options: OpenOptions,
): Promise<ReadImage> {
	const { store, sourceKind } = picked;
	const { found, description, others, warnings, notices } = picked.picked;
	const blobs = found.layers.map(({ name }) => {
		const location = store.locate(name);
		if (location === null) throw notAnImage(store.label, `the layer ${name} is gone`);
		return location;
	});
	const { workers, cache } = input;
	const { onLowestLayer } = options;
	const { changesets, locations } = await readLayers(blobs, {
		label: store.label,
		workers,
		cache,
		options,
		...(onLowestLayer && {
			onLowest: (changeset: Changeset) => onLowestLayer({ description, changeset, notices }),
		}),
	});
	return assembleImage({
		reference: input.reference,
		sourceKind,
		description,
		others,
		changesets,
		diffIdOf: await digestsOf(changesets, { locations, workers, options }),
		warnings,
		notices,
		content: locations.some((location) => location !== null) ? { locations } : null,
		files: null,
	});
}
