import type { FileTree } from '../../filetree/file-tree.ts';

/** The nodes that are not below another one, each once, in ascending order. */
export function topmostOf({ subtreeEnds }: FileTree, nodes: readonly number[]): readonly number[] {
	const tops: number[] = [];
	let end = 0;
	for (const node of nodes.toSorted((left, right) => left - right)) {
		if (node < end) continue;
		tops.push(node);
		end = subtreeEnds[node];
	}
	return tops;
}
