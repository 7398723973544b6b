import type { Steps } from '../steps.ts';
import type { FileTree } from './file-tree.ts';

/** Touches that are told of in one step. */
const TOUCHES_A_STEP = 4096;

/** Tells of all touches of a layer, the last node first. */
export function* forEachTouch(
	tree: FileTree,
	layer: number,
	tell: (node: number, touch: number) => void,
): Steps<void> {
	const first = tree.layerTouchStarts[layer];
	let node = tree.nodeCount;
	for (let end = tree.layerTouchStarts[layer + 1]; end > first; end -= TOUCHES_A_STEP) {
		node = tellSome(tree, { start: Math.max(first, end - TOUCHES_A_STEP), end, node }, tell);
		yield;
	}
}

interface Part {
	/** Positions in `layerTouches`. */
	readonly start: number;
	readonly end: number;
	/** The node that was told of last. */
	readonly node: number;
}

function tellSome(tree: FileTree, part: Part, tell: (node: number, touch: number) => void): number {
	let { node } = part;
	for (let index = part.end - 1; index >= part.start; index--) {
		const touch = tree.layerTouches[index];
		node = nodeOfTouch(tree, touch, node);
		tell(node, touch);
	}
	return node;
}

/**
 * The node that a touch belongs to, before `end`. Layers touch a few paths or nearly all: steps that double find the next node at once
 * in the one case, and without a walk over all nodes in the other.
 */
function nodeOfTouch({ touchStarts }: FileTree, touch: number, end: number): number {
	let high = end;
	let step = 1;
	while (high - step > 0 && touchStarts[high - step] > touch) {
		high -= step;
		step *= 2;
	}
	let low = Math.max(0, high - step);
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (touchStarts[middle] <= touch) low = middle;
		else high = middle;
	}
	return low;
}
