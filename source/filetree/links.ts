import { DIRECTORY, FILE, HARD_LINK } from '../tar/changeset.ts';
import { type FileTree, IMPLIED_DIRECTORY, NO_ENTRY } from './file-tree.ts';

/** An entry of a layer. */
export interface LayerEntry {
	/** 0-based. */
	readonly layerIndex: number;
	/** Its index in the changeset of the layer. */
	readonly entry: number;
}

/**
 * The entry that has the content of what a change left there: of a hard link, the entry that made what it links to, as that was when the
 * link was made. null where nothing has: for a hard link to nothing, an implied directory and a removal.
 */
export function contentEntryOf(tree: FileTree, change: number): LayerEntry | null {
	const entry = tree.changeEntries[change];
	const layerIndex = tree.changeLayers[change];
	if (entry < 0) return null;
	return tree.changesets[layerIndex].kinds[entry] === HARD_LINK
		? linkedEntry(tree, change)
		: { layerIndex, entry };
}

/**
 * The entry whose type and target describe what a change left there. That is its own entry, but for a second name of a symlink or a
 * device, which is as much that symlink or device as the first name. Not for removals and implied directories.
 */
export function describingEntryOf(tree: FileTree, change: number): LayerEntry {
	const own = { layerIndex: tree.changeLayers[change], entry: tree.changeEntries[change] };
	if (tree.changesets[own.layerIndex].kinds[own.entry] !== HARD_LINK) return own;
	const linked = linkedEntry(tree, change);
	if (linked === null) return own;
	return tree.changesets[linked.layerIndex].kinds[linked.entry] === FILE ? own : linked;
}

/** Whether what a change left there is a hard link. */
export function isHardLink(tree: FileTree, change: number): boolean {
	const entry = tree.changeEntries[change];
	return entry >= 0 && tree.changesets[tree.changeLayers[change]].kinds[entry] === HARD_LINK;
}

/** The entry-kind code of what a change left there. Not for removals. */
export function kindOfEntry(tree: FileTree, change: number): number {
	const entry = tree.changeEntries[change];
	if (entry === IMPLIED_DIRECTORY) return DIRECTORY;
	const kind = tree.changesets[tree.changeLayers[change]].kinds[entry];
	if (kind !== HARD_LINK) return kind;
	const describing = describingEntryOf(tree, change);
	return tree.changesets[describing.layerIndex].kinds[describing.entry];
}

/** What the hard link that a change made shares; null for nothing. */
function linkedEntry({ links }: FileTree, change: number): LayerEntry | null {
	let low = 0;
	let high = links.changes.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (links.changes[middle] < change) low = middle + 1;
		else high = middle;
	}
	const entry = links.entries[low];
	return entry === NO_ENTRY ? null : { layerIndex: links.layers[low], entry };
}
