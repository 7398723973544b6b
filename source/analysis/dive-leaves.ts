import type { FileTree } from '../filetree/file-tree.ts';
import { nameOf } from '../filetree/paths.ts';
import { type Changeset, OPAQUE_WHITEOUT, WHITEOUT } from '../tar/changeset.ts';

/** A leaf of dive's tree of one layer. */
export interface DiveLeaf {
	readonly node: number;
	readonly isWhiteout: boolean;
	readonly bytes: number;
}

export interface LayerEntries {
	readonly tree: FileTree;
	readonly changeset: Changeset;
	/** The node of each entry. */
	readonly nodes: Int32Array;
}

/**
 * The leaves of one layer in dive's order: files, links, markers, and directories that have nothing below them in this layer.
 * Of several entries of one path the last counts.
 */
export function diveLeaves({ tree, changeset, nodes }: LayerEntries): () => Iterable<DiveLeaf> {
	const inner = innerNodes(tree, changeset, nodes);
	const leaves = new Map<number, DiveLeaf>();
	const whiteouts = new Map<number, DiveLeaf>();
	for (let index = 0; index < changeset.count; index++) {
		const node = nodes[index];
		const kind = changeset.kinds[index];
		if (kind === WHITEOUT) whiteouts.set(node, { node, isWhiteout: true, bytes: 0 });
		else if (!inner.has(node) && node !== 0) {
			const known = leaves.get(node);
			const bytes = kind === OPAQUE_WHITEOUT ? (known?.bytes ?? 0) : changeset.sizes[index];
			leaves.set(node, { node, isWhiteout: false, bytes });
		}
	}
	return () => inDiveOrder(tree, leaves, whiteouts);
}

/** Nodes that have something below them in this layer. */
function innerNodes(tree: FileTree, { count }: Changeset, nodes: Int32Array): ReadonlySet<number> {
	const inner = new Set<number>();
	for (let index = 0; index < count; index++) {
		for (let at = tree.parents[nodes[index]]; at > 0 && !inner.has(at); at = tree.parents[at]) inner.add(at);
	}
	return inner;
}

/** The order matters only where a walk may end early, at a marker. */
function inDiveOrder(
	tree: FileTree,
	leaves: ReadonlyMap<number, DiveLeaf>,
	whiteouts: ReadonlyMap<number, DiveLeaf>,
): Iterable<DiveLeaf> {
	if (whiteouts.size === 0) return leaves.values();
	const sorted = [...leaves.values(), ...whiteouts.values()].map((leaf) => ({
		leaf,
		names: namesOf(tree, leaf),
	}));
	sorted.sort((left, right) => compareNames(left.names, right.names));
	return sorted.map(({ leaf }) => leaf);
}

function namesOf(tree: FileTree, { node, isWhiteout }: DiveLeaf): readonly string[] {
	const names: string[] = [];
	for (let at = node; at > 0; at = tree.parents[at]) {
		const name = nameOf(tree, at);
		names.push(isWhiteout && at === node ? `.wh.${name}` : name);
	}
	return names.reverse();
}

function compareNames(left: readonly string[], right: readonly string[]): number {
	const shared = Math.min(left.length, right.length);
	for (let index = 0; index < shared; index++) {
		if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1;
	}
	return left.length - right.length;
}
