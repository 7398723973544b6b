import { type EntryKind, entryKinds, FILE } from '../tar/changeset.ts';
import { type FileTree, IMPLIED_DIRECTORY, NO_ENTRY } from './file-tree.ts';
import { contentEntryOf } from './links.ts';

/** What there is to read at a path. */
export type FoundContent =
	| {
			readonly kind: 'file';
			/** The layer that has the bytes, 0-based. */
			readonly layerIndex: number;
			/** Where they start in the uncompressed tar of that layer. */
			readonly position: number;
			readonly bytes: number;
	  }
	/** A hard link to nothing, which is taken for an empty file. */
	| { readonly kind: 'empty' }
	/** Not there, or not any more. */
	| { readonly kind: 'absent' }
	| { readonly kind: 'no-file'; readonly entryKind: EntryKind };

/**
 * Where the content of a node is as a layer, 0-based, left it; that may be in a layer below. Hard links are followed to what they
 * share their content with, symlinks are not.
 */
export function findContent(tree: FileTree, node: number, layerIndex: number): FoundContent {
	const change = lastChange(tree, node, layerIndex);
	if (change === null || tree.changeEntries[change] === NO_ENTRY) return { kind: 'absent' };
	if (tree.changeEntries[change] === IMPLIED_DIRECTORY) return { kind: 'no-file', entryKind: 'directory' };
	const content = contentEntryOf(tree, change);
	if (content === null) return { kind: 'empty' };
	const { kinds, positions, sizes } = tree.changesets[content.layerIndex];
	const kind = kinds[content.entry];
	if (kind !== FILE) return { kind: 'no-file', entryKind: entryKinds[kind] };
	return {
		kind: 'file',
		layerIndex: content.layerIndex,
		position: positions[content.entry],
		bytes: sizes[content.entry],
	};
}

/** The last change of a node up to a layer, or null. */
function lastChange(tree: FileTree, node: number, layerIndex: number): number | null {
	const start = tree.changeStarts[node];
	for (let change = tree.changeStarts[node + 1] - 1; change >= start; change--) {
		if (tree.changeLayers[change] <= layerIndex) return change;
	}
	return null;
}
