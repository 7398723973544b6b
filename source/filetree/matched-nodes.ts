import type { Steps } from '../steps.ts';
import type { FileTree } from './file-tree.ts';
import { nameOf } from './paths.ts';

/** Nodes that are visited in a step of about a millisecond. */
const NODES_A_STEP = 512;

/** A matched node, with all below it: nodes `[from, to)`. */
export interface NodeRange {
	readonly from: number;
	readonly to: number;
}

/** The subtrees whose roots match, in node order. What is below a node that matches is not asked about; the root has no path. */
export function* matchedNodes(
	tree: FileTree,
	matches: (path: string) => boolean,
): Steps<readonly NodeRange[]> {
	const ranges: NodeRange[] = [];
	const open: { readonly prefix: string; readonly end: number }[] = [{ prefix: '', end: tree.nodeCount }];
	let visited = 0;
	for (let node = 1; node < tree.nodeCount; ) {
		if (++visited % NODES_A_STEP === 0) yield;
		while (open[open.length - 1].end <= node) open.pop();
		const path = open[open.length - 1].prefix + nameOf(tree, node);
		const end = tree.subtreeEnds[node];
		if (matches(path)) {
			ranges.push({ from: node, to: end });
			node = end;
			continue;
		}
		if (end > node + 1) open.push({ prefix: `${path}/`, end });
		node += 1;
	}
	return ranges;
}
