import { stringAt } from '../tar/changeset.ts';
import type { FileTree } from './file-tree.ts';

/** The node of one tree that has the path of a node of another one, or null. */
export function nodeOfSamePath(from: FileTree, node: number, to: FileTree): number | null {
	const way: number[] = [];
	for (let at = node; at > 0; at = from.parents[at]) way.push(at);
	let found: number | null = 0;
	for (const step of way.reverse()) {
		if (found !== null) found = childNamed(to, found, stringAt(from.names, step));
	}
	return found;
}

/** The child of a directory that has this name, or null. */
export function childNamed(tree: FileTree, directory: number, name: Uint8Array): number | null {
	const end = tree.subtreeEnds[directory];
	for (let child = directory + 1; child < end; child = tree.subtreeEnds[child]) {
		if (Buffer.compare(stringAt(tree.names, child), name) === 0) return child;
	}
	return null;
}
