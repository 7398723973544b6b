import type { FileTree } from './file-tree.ts';

/**
 * The difference between two points of the stack. A point is a number of layers: 0 is the empty image, k what layers 0 to k - 1 make.
 * Layer k against what is below it is `{ from: k, to: k + 1 }`; everything up to layer k is `{ from: 0, to: k + 1 }`.
 * All arrays have `tree.nodeCount` items and are owned by the comparison.
 */
export interface Comparison {
	readonly tree: FileTree;
	readonly from: number;
	readonly to: number;
	/** Change-kind code of each node. A directory that is there at both points and does not differ itself is UNCHANGED, whatever is below. */
	readonly kinds: Uint8Array;
	/** The touch that describes the node: as it is at `to`, or as it was at `from` when removed; -1 when absent at both. */
	readonly touches: Int32Array;
	/** Regular-file bytes at `to` of the node and all below it; a removed node: what it and all below it had at `from`. */
	readonly bytes: Float64Array;
	/** How many changed nodes (added to removed) are at or below the node. */
	readonly changedCounts: Uint32Array;
}
