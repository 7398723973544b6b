import { changeKinds, type FileTree, NO_ENTRY, UNCHANGED } from './file-tree.ts';
import { contentEntryOf } from './links.ts';

/**
 * The change because of which a path of a node is as a change left it: the same one, but for a directory that a layer ships again as it was,
 * the one below that.
 */
export function broughtBy(tree: FileTree, node: number, change: number): number {
	const { changeStarts, changeKindCodes, changeEntries } = tree;
	let brought = change;
	while (
		changeKindCodes[brought] === UNCHANGED &&
		brought > changeStarts[node] &&
		changeEntries[brought - 1] !== NO_ENTRY
	)
		brought -= 1;
	return brought;
}

/** The change that says what a path is after a change, or what it was before a removal. */
export function describedBy(tree: FileTree, change: number): number {
	return tree.changeEntries[change] === NO_ENTRY ? change - 1 : change;
}

/** The bytes to read at a path after a change, or before a removal; for a hard link, those of the file that it is a name of. */
export function contentBytesOf(tree: FileTree, change: number): number {
	const content = contentEntryOf(tree, describedBy(tree, change));
	return content === null ? 0 : tree.changesets[content.layerIndex].sizes[content.entry];
}

/** The kind of a change against the layers below. */
export function kindOfChange(tree: FileTree, change: number) {
	return changeKinds[tree.changeKindCodes[change]];
}
