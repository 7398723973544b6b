import type { FileTree } from './file-tree.ts';
import { nameOf } from './paths.ts';

/** The node of a path as `pathOf` writes it, with or without a leading slash, or null. */
export function findNode(tree: FileTree, path: string): number | null {
	let node: number | null = 0;
	for (const name of path.split('/').filter((each) => each !== '')) {
		if (node !== null) node = childCalled(tree, node, name);
	}
	return node;
}

/** A name as text is not in the order in which the children are, and may represent bytes that are no text. */
function childCalled(tree: FileTree, directory: number, name: string): number | null {
	const end = tree.subtreeEnds[directory];
	for (let child = directory + 1; child < end; child = tree.subtreeEnds[child]) {
		if (nameOf(tree, child) === name) return child;
	}
	return null;
}
