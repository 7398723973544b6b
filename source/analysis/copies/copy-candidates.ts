import { discard } from '../../columns/grow.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { contentEntryOf, kindOfEntry } from '../../filetree/links.ts';
import { FOLDER, LEFT_OUT, numberSubtrees } from '../../filetree/number-subtrees.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, FILE, HARD_LINK } from '../../tar/changeset.ts';
import { inodesByNode } from '../packages/live-bytes.ts';
import { isVisible } from '../packages/path-facts.ts';

/** The files whose contents tell what is a copy of what. */
export interface CopyCandidates {
	readonly fromBytes: number;
	/** The inodes, by their first names, ascending. */
	readonly nodes: Int32Array;
	/** The layer, 0-based, and the entry that have the content of each. */
	readonly layers: Uint16Array;
	readonly entries: Int32Array;
	/** The first name of the inode of each node. */
	readonly inodes: Int32Array;
	/** 1 for each node that may be a copy, or be in a folder that may. */
	readonly isPossible: Uint8Array;
	/** The bytes of each file by any of its names, and of each folder all that is in it. */
	readonly bytes: Float64Array;
}

const NODES_A_STEP = 8192;

/**
 * Finds what may have copies before anything is read: files whose size another file has, and folders that have the same names, types and
 * sizes as another one, so that small files are compared only where whole folders may be the same.
 */
export function* findCopyCandidates(tree: FileTree, fromBytes: number): Steps<CopyCandidates> {
	const inodes = yield* inodesByNode(tree);
	const { shapes, bytes } = yield* shapesOf(tree);
	yield* numberSubtrees(tree, shapes);
	const isPossible = yield* findPossible(tree, { inodes, shapes, bytes, fromBytes });
	discard(shapes);
	const files = yield* filesToCompare(tree, { inodes, isPossible, bytes });
	return { fromBytes, inodes, isPossible, bytes, ...files };
}

interface Shapes {
	/** As `numberSubtrees` has them: equal for leaves of one type and size. */
	readonly shapes: Int32Array;
	readonly bytes: Float64Array;
}

function* shapesOf(tree: FileTree): Steps<Shapes> {
	const { nodeCount, parents, changeStarts, changesets } = tree;
	const shapes = new Int32Array(nodeCount).fill(LEFT_OUT);
	const bytes = new Float64Array(nodeCount);
	const numbers = new Map<string | number, number>();
	const shapeOf = (node: number): number => {
		const change = changeStarts[node + 1] - 1;
		const kind = kindOfEntry(tree, change);
		if (kind === DIRECTORY) return FOLDER;
		let key: string | number = `kind ${kind}`;
		if (kind === FILE || kind === HARD_LINK) {
			const content = contentEntryOf(tree, change);
			key = content === null ? 0 : changesets[content.layerIndex].sizes[content.entry];
			bytes[node] = key;
		}
		const number = numbers.get(key) ?? numbers.size;
		numbers.set(key, number);
		return number;
	};
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) if (isVisible(tree, node)) shapes[node] = shapeOf(node);
	});
	yield* inParts(nodeCount - 1, NODES_A_STEP, (from, to) => {
		for (let node = nodeCount - 1 - from; node > nodeCount - 1 - to; node--)
			bytes[parents[node]] += bytes[node];
	});
	return { shapes, bytes };
}

interface Sized extends Shapes {
	readonly inodes: Int32Array;
	readonly fromBytes: number;
}

function* findPossible(
	{ nodeCount, parents }: FileTree,
	{ inodes, shapes, bytes, fromBytes }: Sized,
): Steps<Uint8Array> {
	const counts = new Int32Array(nodeCount + 1);
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++)
			if (shapes[node] >= 0 && inodes[node] === node) counts[shapes[node]] += 1;
	});
	const isPossible = new Uint8Array(nodeCount);
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) {
			const isOne = shapes[node] >= 0 && counts[shapes[node]] > 1;
			const isLarge = bytes[node] > 0 && bytes[node] >= fromBytes;
			if (isPossible[parents[node]] === 1 || (isOne && isLarge)) isPossible[node] = 1;
		}
	});
	discard(counts);
	return isPossible;
}

function* filesToCompare(
	tree: FileTree,
	{ inodes, isPossible, bytes }: Pick<CopyCandidates, 'inodes' | 'isPossible' | 'bytes'>,
): Steps<Pick<CopyCandidates, 'nodes' | 'layers' | 'entries'>> {
	const isChosen = new Uint8Array(tree.nodeCount);
	let count = 0;
	yield* inParts(tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			if (isPossible[node] === 0 || bytes[node] === 0 || isChosen[inodes[node]] === 1) continue;
			if (!isVisible(tree, node) || kindOfNode(tree, node) === DIRECTORY) continue;
			isChosen[inodes[node]] = 1;
			count += 1;
		}
	});
	const files = {
		nodes: new Int32Array(count),
		layers: new Uint16Array(count),
		entries: new Int32Array(count),
	};
	let filled = 0;
	yield* inParts(tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			const content = isChosen[node] === 1 ? contentEntryOf(tree, tree.changeStarts[node + 1] - 1) : null;
			if (content === null) continue;
			files.nodes[filled] = node;
			files.layers[filled] = content.layerIndex;
			files.entries[filled] = content.entry;
			filled += 1;
		}
	});
	return files;
}

/** The entry-kind code of a visible node. */
export function kindOfNode(tree: FileTree, node: number): number {
	return kindOfEntry(tree, tree.changeStarts[node + 1] - 1);
}
