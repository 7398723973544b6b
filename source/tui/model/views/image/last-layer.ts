import type { FileTree } from '../../../../filetree/file-tree.ts';

/** The layer that last changed a node, 0-based: what is visible of it is from there. */
export function lastLayerOf(
	{ changeStarts, changeLayers }: Pick<FileTree, 'changeStarts' | 'changeLayers'>,
	node: number,
): number {
	const last = changeStarts[node + 1] - 1;
	return last < changeStarts[node] ? 0 : changeLayers[last];
}
