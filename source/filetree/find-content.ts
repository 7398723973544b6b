import { DIRECTORY, type EntryKind, entryKinds, FILE, HARD_LINK, stringAt } from '../tar/changeset.ts';
import { type FileTree, IMPLIED_DIRECTORY, NO_ENTRY } from './file-tree.ts';
import { findNodeOfBytes } from './find-node.ts';

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
	const seen = new Set<number>();
	let current = node;
	let layer = layerIndex;
	for (;;) {
		const change = lastChange(tree, current, layer);
		const isLink = seen.size > 0;
		if (change === null || seen.has(change)) return isLink ? { kind: 'empty' } : { kind: 'absent' };
		seen.add(change);
		const entry = tree.changeEntries[change];
		layer = tree.changeLayers[change];
		if (entry === NO_ENTRY) return isLink ? { kind: 'empty' } : { kind: 'absent' };
		const { kinds, targets } = tree.changesets[layer];
		const kind = entry === IMPLIED_DIRECTORY ? DIRECTORY : kinds[entry];
		if (kind === FILE) return { kind: 'file', layerIndex: layer, entry };
		if (kind !== HARD_LINK) return { kind: 'no-file', entryKind: entryKinds[kind] };
		const target = findNodeOfBytes(tree, stringAt(targets, entry));
		if (target === null) return { kind: 'empty' };
		current = target;
	}
}

/** The last change of a node up to a layer, or null. */
function lastChange(tree: FileTree, node: number, layerIndex: number): number | null {
	const start = tree.changeStarts[node];
	for (let change = tree.changeStarts[node + 1] - 1; change >= start; change--) {
		if (tree.changeLayers[change] <= layerIndex) return change;
	}
	return null;
}
