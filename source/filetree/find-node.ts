import type { FileTree } from './file-tree.ts';
import { nameOf } from './paths.ts';
import { childNamed } from './same-path.ts';

const SLASH = 0x2f;

/** The node of a path as `pathOf` writes it, with or without a leading slash, or null. */
export function findNode(tree: FileTree, path: string): number | null {
	let node: number | null = 0;
	for (const name of path.split('/').filter((each) => each !== '')) {
		if (node !== null) node = childCalled(tree, node, name);
	}
	return node;
}

/** The node of a literal path in bytes, as hard links have it, or null. */
export function findNodeOfBytes(tree: FileTree, path: Uint8Array): number | null {
	let node: number | null = 0;
	for (let start = 0; start < path.length && node !== null; ) {
		const slash = path.indexOf(SLASH, start);
		const end = slash === -1 ? path.length : slash;
		node = childNamed(tree, node, path.subarray(start, end));
		start = end + 1;
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
