import { analyse } from '../analysis/analyse.ts';
import { stackChangesets, type UnresolvedContents } from '../filetree/stacking/stack.ts';
import type { LowestLayer } from '../sources/image-source.ts';
import { runInSlices } from '../sources/time-slice.ts';
import type { ContentClasses } from '../tar/content-groups.ts';
import { emptyChangeset } from '../tar/empty-changeset.ts';
import type { ImageView } from './stages.ts';

/** Layers with fewer bytes are read in less time than it takes to show what is below them. */
const WORTH_SHOWING_BYTES = 64 * 1024 * 1024;
/** A layer with more entries takes so long to stack that the whole would be held up. */
const MOST_SHOWN_ENTRIES = 100_000;

/** What the lowest layer alone makes, the others empty; null where the others are read soon, or the lowest takes long itself. */
export async function viewOfLowest(
	reference: string,
	{ description, changeset, notices }: LowestLayer,
	signal: AbortSignal,
): Promise<ImageView | null> {
	const bytesAbove = description.layers.slice(1).reduce((sum, { storedBytes }) => sum + storedBytes, 0);
	if (bytesAbove < WORTH_SHOWING_BYTES || changeset.count > MOST_SHOWN_ENTRIES) return null;
	const empty = emptyChangeset();
	const changesets = description.layers.map(({ index }) => (index === 0 ? changeset : empty));
	const { tree } = await stackChangesets(changesets, allDifferent, { run: runInSlices, signal });
	const figures = await runInSlices(analyse({ tree, description, others: [] }), signal);
	return { image: { reference, foundIn: null, description, warnings: [], notices }, tree, figures };
}

/** In one layer nothing can be the same as before. */
async function allDifferent({ groups }: UnresolvedContents): Promise<ContentClasses> {
	return Uint32Array.from(groups.layers, (_, item) => item);
}
