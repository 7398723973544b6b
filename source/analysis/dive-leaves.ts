import { discard } from '../columns/grow.ts';
import type { PathTree } from '../filetree/file-tree.ts';
import { nameOf } from '../filetree/paths.ts';
import { type Changeset, OPAQUE_WHITEOUT, WHITEOUT } from '../tar/changeset.ts';

/** Takes the leaves of a layer one by one; false ends the walk. */
export type LeafVisitor = (node: number, isWhiteout: boolean, bytes: number) => boolean;

const NONE = -1;

/**
 * Walks the leaves of dive's trees, layer by layer: files, links, markers, and directories that have nothing below them in the layer.
 * Of several entries of one path the last counts.
 */
export class DiveLeaves {
	readonly #tree: PathTree;
	/** The last layer in which a node had something below it; in which it was a leaf; in which there was a marker for it. */
	readonly #innerIn: Int32Array;
	readonly #leafIn: Int32Array;
	readonly #markerIn: Int32Array;
	readonly #bytes: Float64Array;

	constructor(tree: PathTree) {
		this.#tree = tree;
		this.#innerIn = new Int32Array(tree.nodeCount).fill(NONE);
		this.#leafIn = new Int32Array(tree.nodeCount).fill(NONE);
		this.#markerIn = new Int32Array(tree.nodeCount).fill(NONE);
		this.#bytes = new Float64Array(tree.nodeCount);
	}

	/** Walks the leaves of a layer. The order is dive's where `isOrdered`, which matters only when the walk may end early. */
	visit({ layer, changeset, nodes }: LayerEntries, isOrdered: boolean, visitor: LeafVisitor): void {
		this.#mark({ layer, changeset, nodes });
		if (!isOrdered) {
			this.#inTarOrder(layer, nodes, visitor);
			return;
		}
		for (const { node, isWhiteout } of this.#inDiveOrder(layer, nodes)) {
			if (!visitor(node, isWhiteout, isWhiteout ? 0 : this.#bytes[node])) return;
		}
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		for (const column of [this.#innerIn, this.#leafIn, this.#markerIn, this.#bytes]) discard(column);
	}

	#mark({ layer, changeset, nodes }: LayerEntries): void {
		const { parents } = this.#tree;
		for (let index = 0; index < changeset.count; index++) {
			const node = nodes[index];
			const kind = changeset.kinds[index];
			const isEmptyMarker = kind === OPAQUE_WHITEOUT;
			for (let at = parents[node]; at > 0 && this.#innerIn[at] !== layer; at = parents[at])
				this.#innerIn[at] = layer;
			if (kind === WHITEOUT) this.#markerIn[node] = layer;
			else if (!isEmptyMarker || this.#leafIn[node] !== layer) {
				this.#leafIn[node] = layer;
				this.#bytes[node] = isEmptyMarker ? 0 : changeset.sizes[index];
			}
		}
	}

	/** Each leaf once, wherever its entries stand. */
	#inTarOrder(layer: number, nodes: Int32Array, visitor: LeafVisitor): void {
		for (let index = 0; index < nodes.length; index++) {
			const node = nodes[index];
			if (this.#leafIn[node] === layer) {
				this.#leafIn[node] = NONE;
				const isLeaf = this.#innerIn[node] !== layer && node !== 0;
				if (isLeaf && !visitor(node, false, this.#bytes[node])) return;
			}
			if (this.#markerIn[node] === layer) {
				this.#markerIn[node] = NONE;
				if (!visitor(node, true, 0)) return;
			}
		}
	}

	#inDiveOrder(layer: number, nodes: Int32Array): readonly Leaf[] {
		const leaves: Leaf[] = [];
		this.#inTarOrder(layer, nodes, (node, isWhiteout) => leaves.push({ node, isWhiteout }) > 0);
		return leaves
			.map((leaf) => ({ leaf, names: this.#namesOf(leaf) }))
			.sort((left, right) => compareNames(left.names, right.names))
			.map(({ leaf }) => leaf);
	}

	#namesOf({ node, isWhiteout }: Leaf): readonly string[] {
		const names: string[] = [];
		for (let at = node; at > 0; at = this.#tree.parents[at]) {
			const name = nameOf(this.#tree, at);
			names.push(isWhiteout && at === node ? `.wh.${name}` : name);
		}
		return names.reverse();
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
	readonly isWhiteout: boolean;
}

function compareNames(left: readonly string[], right: readonly string[]): number {
	const shared = Math.min(left.length, right.length);
	for (let index = 0; index < shared; index++) {
		if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1;
	}
	return left.length - right.length;
}
