import { analyse } from '../../analysis/analyse.ts';
import { maskDescription } from '../../analysis/masking/mask-description.ts';
import { stackChangesets, type UnresolvedContents } from '../../filetree/stacking/stack.ts';
import type { DescribedLayers } from '../../sources/layers/layer-watcher.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses } from '../../tar/content-groups.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import type { ImageView } from '../stages.ts';

export interface SomeLayers extends DescribedLayers {
	/** As the user wrote it. */
	readonly reference: string;
	/** Lowest first; null for one that is not read. */
	readonly changesets: readonly (Changeset | null)[];
}

/** What the layers make that are read, as if the others were empty and no two contents were the same. */
export async function viewOfSome(
	{ reference, changesets: read, ...described }: SomeLayers,
	signal: AbortSignal,
): Promise<ImageView> {
	const empty = emptyChangeset();
	const changesets = read.map((changeset) => changeset ?? empty);
	const { tree } = await stackChangesets(changesets, allDifferent, { run: runInSlices, signal });
	const description = await runInSlices(maskDescription(described.description), signal);
	const figures = await runInSlices(analyse({ tree, description }), signal);
	return { image: { ...described, description, reference, foundIn: null }, tree, figures };
}

async function allDifferent({ groups }: UnresolvedContents): Promise<ContentClasses> {
	return Uint32Array.from(groups.layers, (_, item) => item);
}
