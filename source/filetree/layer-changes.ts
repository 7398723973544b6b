import type { Steps } from '../steps.ts';
import type { FileTree } from './file-tree.ts';

/** Changes that are visited in one step. */
const CHANGES_A_STEP = 4096;

/** Visits all changes of a layer, the last node first. */
export function* forEachChange(
	tree: FileTree,
	layer: number,
	visit: (node: number, change: number) => void,
): Steps<void> {
	const first = tree.layerChangeStarts[layer];
	let node = tree.nodeCount;
	for (let end = tree.layerChangeStarts[layer + 1]; end > first; end -= CHANGES_A_STEP) {
		node = visitSome(tree, { start: Math.max(first, end - CHANGES_A_STEP), end, node }, visit);
		yield;
	}
}

interface Part {
	/** Positions in `layerChanges`. */
	readonly start: number;
	readonly end: number;
	/** The node that was visited last. */
	readonly node: number;
}

function visitSome(tree: FileTree, part: Part, visit: (node: number, change: number) => void): number {
	let { node } = part;
	for (let index = part.end - 1; index >= part.start; index--) {
		const change = tree.layerChanges[index];
		node = nodeOfChange(tree, change, node);
		visit(node, change);
	}
	return node;
}

/**
 * The node that a change belongs to, before `end`. Layers change a few paths or nearly all: steps that double find the next node at once
 * in the one case, and without a walk over all nodes in the other.
 */
export function nodeOfChange({ changeStarts, nodeCount }: FileTree, change: number, end = nodeCount): number {
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
