import type { Steps } from '../steps.ts';
import type { FileTree } from './file-tree.ts';

/** Touches that are told of in one step. */
const CHANGES_A_STEP = 4096;

/** Tells of all changes of a layer, the last node first. */
export function* forEachChange(
	tree: FileTree,
	layer: number,
	tell: (node: number, change: number) => void,
): Steps<void> {
	const first = tree.layerChangeStarts[layer];
	let node = tree.nodeCount;
	for (let end = tree.layerChangeStarts[layer + 1]; end > first; end -= CHANGES_A_STEP) {
		node = tellSome(tree, { start: Math.max(first, end - CHANGES_A_STEP), end, node }, tell);
		yield;
	}
}

interface Part {
	/** Positions in `layerChanges`. */
	readonly start: number;
	readonly end: number;
	/** The node that was told of last. */
	readonly node: number;
}

function tellSome(tree: FileTree, part: Part, tell: (node: number, change: number) => void): number {
	let { node } = part;
	for (let index = part.end - 1; index >= part.start; index--) {
		const change = tree.layerChanges[index];
		node = nodeOfChange(tree, change, node);
		tell(node, change);
	}
	return node;
}

/**
 * The node that a change belongs to, before `end`. Layers change a few paths or nearly all: steps that double find the next node at once
 * in the one case, and without a walk over all nodes in the other.
 */
function nodeOfChange({ changeStarts }: FileTree, change: number, end: number): number {
	let high = end;
	let step = 1;
	while (high - step > 0 && changeStarts[high - step] > change) {
		high -= step;
		step *= 2;
	}
	let low = Math.max(0, high - step);
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (changeStarts[middle] <= change) low = middle;
		else high = middle;
	}
	return low;
}
