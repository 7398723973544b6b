import type { FileTree } from './file-tree.ts';

/** The nodes with something below them: what is summed up needs room for these only. */
export interface InnerNodes {
	readonly count: number;
	/** The number of each inner node, in the order of nodes; `LEAF` for the others. The root has number 0 whatever is below it. */
	readonly numbers: Int32Array;
}

export const LEAF = -1;

/** By a column that drafts of a tree share with the finished one. */
const known = new WeakMap<Int32Array, InnerNodes>();

export function innerNodesOf(tree: FileTree): InnerNodes {
	let inner = known.get(tree.parents);
	if (inner === undefined) {
		inner = numberInnerNodes(tree);
		known.set(tree.parents, inner);
	}
	return inner;
}

function numberInnerNodes({ nodeCount, subtreeEnds }: FileTree): InnerNodes {
	const numbers = new Int32Array(nodeCount);
	let count = 1;
	for (let node = 1; node < nodeCount; node++) {
		numbers[node] = subtreeEnds[node] > node + 1 ? count++ : LEAF;
	}
	return { count, numbers };
}
