import { discard } from '../../columns/grow.ts';
import type { PathTree } from '../../filetree/file-tree.ts';
import { nameOf } from '../../filetree/paths.ts';
import { type Steps, sortInSteps } from '../../steps.ts';
import { type Changeset, OPAQUE_WHITEOUT, WHITEOUT } from '../../tar/changeset.ts';

/** The leaves of a layer, in the order of a walk. Valid until those of the next layer are asked for. */
export interface Leaves {
	readonly count: number;
	readonly nodes: Int32Array;
	/** 1 for a marker, which is about the node. */
	readonly areMarkers: Uint8Array;
}

/** No layer: an image has fewer. */
const NONE = 0xffff;
/** Entries that take about a millisecond. */
const ENTRIES_A_STEP = 16_384;

/**
 * Finds the leaves of dive's trees, layer by layer: files, links, markers, and directories that have nothing below them in the layer.
 * Of several entries of one path the last counts.
 */
export class DiveLeaves {
	readonly #tree: PathTree;
	/** The last layer in which a node had something below it; in which it was a leaf; in which there was a marker for it. */
	readonly #innerIn: Uint16Array;
	readonly #leafIn: Uint16Array;
	readonly #markerIn: Uint16Array;
	/** The entry that counts, of the last layer in which a node was a leaf. */
	readonly #entries: Uint32Array;
	readonly #nodes: Int32Array;
	readonly #areMarkers: Uint8Array;
	/** Names that were looked up to sort the leaves of a layer. */
	readonly #names = new Map<number, string>();

	constructor(tree: PathTree) {
		const mostEntries = tree.changesets.reduce((most, { count }) => Math.max(most, count), 0);
		this.#nodes = new Int32Array(mostEntries);
		this.#areMarkers = new Uint8Array(mostEntries);
		this.#tree = tree;
		this.#innerIn = new Uint16Array(tree.nodeCount).fill(NONE);
		this.#leafIn = new Uint16Array(tree.nodeCount).fill(NONE);
		this.#markerIn = new Uint16Array(tree.nodeCount).fill(NONE);
		this.#entries = new Uint32Array(tree.nodeCount);
	}

	/** The leaves of a layer: in dive's order if `isOrdered`, else in that of the tar, which is faster. */
	*of(entries: LayerEntries, { isOrdered }: { readonly isOrdered: boolean }): Steps<Leaves> {
		for (let start = 0; start < entries.changeset.count; start += ENTRIES_A_STEP) {
			this.#mark(entries, start);
			yield;
		}
		let count = 0;
		for (let start = 0; start < entries.nodes.length; start += ENTRIES_A_STEP) {
			count = this.#list(entries, start, count);
			yield;
		}
		if (isOrdered) yield* this.#sort(count);
		return { count, nodes: this.#nodes, areMarkers: this.#areMarkers };
	}

	/** The entry that makes a node a leaf in the layer that was asked about last; not for a marker. */
	entryOf(node: number): number {
		return this.#entries[node];
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		const columns = [
			this.#innerIn,
			this.#leafIn,
			this.#markerIn,
			this.#entries,
			this.#nodes,
			this.#areMarkers,
		];
		for (const column of columns) discard(column);
	}

	#mark({ layer, changeset, nodes }: LayerEntries, start: number): void {
		const { parents } = this.#tree;
		const end = Math.min(changeset.count, start + ENTRIES_A_STEP);
		for (let index = start; index < end; index++) {
			const node = nodes[index];
			const kind = changeset.kinds[index];
			for (let at = parents[node]; at > 0 && this.#innerIn[at] !== layer; at = parents[at])
				this.#innerIn[at] = layer;
			if (kind === WHITEOUT) this.#markerIn[node] = layer;
			else if (kind !== OPAQUE_WHITEOUT || this.#leafIn[node] !== layer) {
				this.#leafIn[node] = layer;
				this.#entries[node] = index;
			}
		}
	}

	/** Lists each leaf once, wherever its entries are; returns how many there are so far. */
	#list({ layer, nodes }: LayerEntries, start: number, countBefore: number): number {
		let count = countBefore;
		const end = Math.min(nodes.length, start + ENTRIES_A_STEP);
		for (let index = start; index < end; index++) {
			const node = nodes[index];
			if (this.#leafIn[node] === layer) {
				this.#leafIn[node] = NONE;
				if (this.#innerIn[node] !== layer && node !== 0) this.#put(count++, node, 0);
			}
			if (this.#markerIn[node] === layer) {
				this.#markerIn[node] = NONE;
				this.#put(count++, node, 1);
			}
		}
		return count;
	}

	#put(index: number, node: number, isMarker: number): void {
		this.#nodes[index] = node;
		this.#areMarkers[index] = isMarker;
	}

	*#sort(count: number): Steps<void> {
		const leaves: Leaf[] = [];
		for (let index = 0; index < count; index++) {
			const [node, isMarker] = [this.#nodes[index], this.#areMarkers[index]];
			leaves.push({ node, isMarker, depth: this.#depthOf(node) });
			if (index % 256 === 0) yield;
		}
		const sorted = yield* sortInSteps(leaves, (left, right) => this.#compare(left, right));
		this.#names.clear();
		for (const [index, { node, isMarker }] of sorted.entries()) this.#put(index, node, isMarker);
	}

	#depthOf(node: number): number {
		let depth = 0;
		for (let at = node; at > 0; at = this.#tree.parents[at]) depth += 1;
		return depth;
	}

	/** By the names of the components, a marker's as it is written. A path is not put together: it may have thousands of components. */
	#compare(left: Leaf, right: Leaf): number {
		const { parents } = this.#tree;
		let [leftAt, rightAt] = [left.node, right.node];
		for (let depth = left.depth; depth > right.depth; depth--) leftAt = parents[leftAt];
		for (let depth = right.depth; depth > left.depth; depth--) rightAt = parents[rightAt];
		while (parents[leftAt] !== parents[rightAt]) {
			leftAt = parents[leftAt];
			rightAt = parents[rightAt];
		}
		const leftName = this.#nameIn(left, leftAt);
		const rightName = this.#nameIn(right, rightAt);
		if (leftName !== rightName) return leftName < rightName ? -1 : 1;
		return left.depth - right.depth;
	}

	/** The name of a component of a leaf's path. */
	#nameIn({ node, isMarker }: Leaf, at: number): string {
		let name = this.#names.get(at);
		if (name === undefined) {
			name = nameOf(this.#tree, at);
			this.#names.set(at, name);
		}
		return isMarker && at === node ? `.wh.${name}` : name;
	}
}

export interface LayerEntries {
	readonly layer: number;
	readonly changeset: Changeset;
	/** The node of each entry. */
	readonly nodes: Int32Array;
}

interface Leaf {
	readonly node: number;
	readonly isMarker: number;
	/** How many components its path has. */
	readonly depth: number;
}
