import { type EntryKind, entryKinds, FILE } from '../tar/changeset.ts';
import { type FileTree, IMPLIED_DIRECTORY, NO_ENTRY } from './file-tree.ts';
import { contentEntryOf } from './links.ts';

/** What there is to read at a path. */
export type FoundContent =
	| {
			readonly kind: 'file';
			/** The layer that has the bytes, 0-based. */
			readonly layerIndex: number;
			/** The entry in the changeset of that layer. */
			readonly entry: number;
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
	const kind = tree.changesets[content.layerIndex].kinds[content.entry];
	return kind === FILE ? { kind: 'file', ...content } : { kind: 'no-file', entryKind: entryKinds[kind] };
}

/** The last change of a node up to a layer, or null. */
function lastChange(tree: FileTree, node: number, layerIndex: number): number | null {
	const start = tree.changeStarts[node];
	for (let change = tree.changeStarts[node + 1] - 1; change >= start; change--) {
		if (tree.changeLayers[change] <= layerIndex) return change;
	}
	return null;
}
