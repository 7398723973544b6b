import { isOwnMove, type Moves } from '../../../../../diff/merge/moves.ts';
import { type FileTree, NO_ENTRY } from '../../../../../filetree/file-tree.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';

type MovedTree = Pick<OpenedDifference, 'tree' | 'moves'>;

/**
 * The nodes with those that moved to another path in the place of their old ones, which have no rows. Nodes are ascending, and none is
 * below another.
 */
export function withMoved({ tree, moves }: MovedTree, nodes: Int32Array): Int32Array {
	const { subtreeEnds } = tree;
	const roots = movedRootsOf({ tree, moves });
	const targets: number[] = [];
	let index = 0;
	// No loop over a column here uses its iterator: before code is optimised, that makes an object for every item.
	for (let root = 0; root < roots.length && index < nodes.length; root++) {
		const from = roots[root];
		// A match that ends before what moved, or at it, finds nothing of it.
		index = firstWithEndAfter(tree, nodes, { from: index, position: from });
		if (index < nodes.length && nodes[index] <= from) targets.push(moves.movedTo[from]);
		else
			for (; index < nodes.length && nodes[index] < subtreeEnds[from]; index++)
				targets.push(moves.movedTo[nodes[index]]);
	}
	if (targets.length === 0) return nodes;
	const kept = nodes.filter((node) => moves.movedTo[node] === NO_ENTRY);
	const all = new Int32Array(kept.length + targets.length);
	all.set(kept);
	all.set(targets, kept.length);
	return topmost(tree, all.sort());
}

/** The first of the nodes, from a place in them on, whose subtree ends after a position. */
function firstWithEndAfter(
	{ subtreeEnds }: FileTree,
	nodes: Int32Array,
	{ from, position }: { readonly from: number; readonly position: number },
): number {
	let low = from;
	let high = nodes.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (subtreeEnds[nodes[middle]] > position) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Without repeated nodes and those below another one. */
function topmost({ subtreeEnds }: FileTree, nodes: Int32Array): Int32Array {
	let end = 0;
	return nodes.filter((node) => {
		if (node < end) return false;
		end = subtreeEnds[node];
		return true;
	});
}

const known = new WeakMap<Moves, Int32Array>();

/** The old nodes of everything that moved by itself, ascending. What is below them moved along. */
function movedRootsOf({ tree, moves }: MovedTree): Int32Array {
	const roots = known.get(moves) ?? findMovedRoots({ tree, moves });
	known.set(moves, roots);
	return roots;
}

function findMovedRoots({ tree: { parents, nodeCount }, moves }: MovedTree): Int32Array {
	const roots: number[] = [];
	for (let node = 1; node < nodeCount; node++) {
		const to = moves.movedTo[node];
		if (to !== NO_ENTRY && isOwnMove(moves, { parents }, to)) roots.push(node);
	}
	return Int32Array.from(roots);
}
