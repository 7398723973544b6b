import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';

/** The change that brought the content which a path has after a change: the same, where that is not its content shipped again. */
export function changeThatBrought(
	{ changeStarts, changeContents, changeEntries }: FileTree,
	node: number,
	change: number,
): number {
	let brought = change;
	while (
		brought > changeStarts[node] &&
		changeEntries[brought - 1] !== NO_ENTRY &&
		changeContents[brought - 1] === changeContents[change]
	)
		brought -= 1;
	return brought;
}

/** The layer, 0-based, that brought the content which a path has in a layer that ships it. */
export function layerThatBrought(tree: FileTree, node: number, layer: number): number {
	const { changeStarts, changeLayers } = tree;
	let change = changeStarts[node + 1] - 1;
	while (change > changeStarts[node] && changeLayers[change] > layer) change -= 1;
	return changeLayers[change] === layer ? changeLayers[changeThatBrought(tree, node, change)] : layer;
}
