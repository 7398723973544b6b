import { analyse } from '../analysis/analyse.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { stackChangesets, type UnresolvedContents } from '../filetree/stacking/stack.ts';
import type { ImageDescription } from '../image/image.ts';
import type { LowestLayer } from '../sources/image-source.ts';
import { emptyChangeset } from '../tar/changeset-builder.ts';
import type { ContentClasses } from '../tar/content-groups.ts';
import type { Notice } from '../warning.ts';

/** An image of which only the lowest layer has been read; the others are empty in its tree. */
export interface Preview {
	readonly description: ImageDescription;
	readonly notices: readonly Notice[];
	readonly tree: FileTree;
	readonly analysis: Analysis;
}

/** Layers with fewer bytes are read in less time than it takes to show what is below them. */
const WORTH_A_PREVIEW_BYTES = 64 * 1024 * 1024;
/** A layer with more entries takes so long to stack that its preview would hold up the whole. */
const MOST_PREVIEWED_ENTRIES = 100_000;

/** Shows what the lowest layer alone makes, where the others take a while to read. */
export function previewing(
	onPreview: (preview: Preview) => Promise<void>,
): (lowest: LowestLayer) => Promise<void> {
	return async ({ description, changeset, notices }) => {
		const bytesAbove = description.layers.slice(1).reduce((sum, { storedBytes }) => sum + storedBytes, 0);
		if (bytesAbove < WORTH_A_PREVIEW_BYTES || changeset.count > MOST_PREVIEWED_ENTRIES) return;
		const changesets = description.layers.map(({ index }) => (index === 0 ? changeset : emptyChangeset()));
		const { tree, entryNodes } = await stackChangesets(changesets, allDifferent);
		const analysis = analyse({ tree, entryNodes, description, others: [] });
		await onPreview({ description, notices, tree, analysis });
	};
}

/** In one layer nothing can be the same as before. */
async function allDifferent({ groups }: UnresolvedContents): Promise<ContentClasses> {
	return Uint32Array.from(groups.layers, (_, item) => item);
}
