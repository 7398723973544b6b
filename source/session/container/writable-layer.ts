import { entriesIn } from '../../filetree/stacking/stack.ts';
import { resolveContents } from '../../sources/contents/resolve-contents.ts';
import type { ReadImage, ReadOptions, SourceInput } from '../../sources/image-source.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { inParts } from '../../steps.ts';
import { type Changeset, OPAQUE_WHITEOUT } from '../../tar/changeset.ts';
import { Stacking } from '../stacking.ts';
import type { ForeignPaths } from './engine-made.ts';
import { selectEntries } from './select-entries.ts';
import { type WrittenChanges, writtenChanges } from './written-changes.ts';

export interface HeldAgainst {
	readonly image: ReadImage;
	/** The file system of the container, as an image of one layer. */
	readonly fileSystem: ReadImage;
	readonly foreign: ForeignPaths;
}

/** What a container wrote, as a layer on top of its image. */
export interface WritableLayer {
	readonly changeset: Changeset;
	readonly changes: WrittenChanges;
}

/**
 * Compares the final file system of an image with that of a container, by stacking the one on the other, and makes a changeset of what
 * differs. The changesets of the image keep their paths. Throws `FathomError`, and the system's errors.
 */
export async function writableLayer(
	{ image, fileSystem, foreign }: HeldAgainst,
	{ workers, cache }: SourceInput,
	options: ReadOptions,
): Promise<WritableLayer> {
	const { signal } = options;
	const whole = await runInSlices(behindOpaqueRoot(fileSystem.changesets[0]), signal);
	const changesets = [...image.changesets, whole];
	const locations = locationsOf([image, fileSystem]);
	// Both have kept within the limits by themselves.
	const stacking = new Stacking(entriesIn(changesets), workers, { ...options, budget: null });
	for (const [layer, changeset] of changesets.entries()) await stacking.add(changeset, locations[layer]);
	const { tree } = await stacking.finish((contents) =>
		resolveContents(contents.groups, {
			changesets: contents.changesets,
			locations,
			answers: null,
			comparer: stacking.comparer,
			cache,
			options,
		}),
	);
	const changes = await runInSlices(writtenChanges(tree, foreign), signal);
	return { changeset: await runInSlices(selectEntries(whole, changes.selection), signal), changes };
}

/** Where the layers of several images lie, one image behind the other. */
export function locationsOf(images: readonly ReadImage[]) {
	return images.flatMap(({ changesets, content }) =>
		changesets.map((_, layer) => content?.locations[layer] ?? null),
	);
}

/** What the file system does not have is not in the container, though the image has it. */
function* behindOpaqueRoot(all: Changeset) {
	const entries = new Uint32Array(all.count);
	yield* inParts(all.count, 65_536, (from, to) => {
		for (let entry = from; entry < to; entry++) entries[entry] = entry;
	});
	const paths = { bytes: new Uint8Array(0), ends: new Uint32Array(1) };
	return yield* selectEntries(all, {
		entries,
		linksAsFiles: new Map(),
		markers: { kind: OPAQUE_WHITEOUT, paths },
	});
}
