import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { ImageDifference } from '../image-difference.ts';
import { differenceKinds } from '../listing/file-differences.ts';
import type { Both } from '../merge/merge-structure.ts';
import type { ComparedPackages } from './compared-packages.ts';
import type { PackagePair } from './pair-packages.ts';

const NODES_A_STEP = 8192;
const NOBODY = -1;

/** How many files of each pair of packages differ; null where an image does not tell who owns what. A file that moved differs. */
export function* countDifferingFiles(
	difference: ImageDifference,
	sides: Both<{ readonly tree: FileTree; readonly packages: ComparedPackages }>,
	pairs: readonly PackagePair[],
): Steps<Uint32Array | null> {
	const owners = sides.map(({ packages }) => packages.owners);
	if (owners.includes(null)) return null;
	const { tree, oldLayerCount, files, moves } = difference;
	const points = [oldLayerCount, tree.layerCount];
	const pairOf = [0, 1].map((side) => pairsByPackage(pairs, side, sides[side].packages.packages.length));
	const pairsOfNodes: Int32Array[] = [];
	for (const side of [0, 1])
		pairsOfNodes.push(
			yield* pairsByNode(tree, {
				point: points[side],
				own: sides[side].tree,
				owners: owners[side] ?? new Int32Array(0),
				pairOf: pairOf[side],
			}),
		);
	const counts = new Uint32Array(pairs.length);
	yield* inParts(files.count, NODES_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			if (files.isDirectory[row] === 1) continue;
			const node = files.nodes[row];
			const isMoved = differenceKinds[files.kinds[row]] === 'moved';
			const older = pairsOfNodes[0][isMoved ? moves.movedFrom[node] : node];
			const newer = pairsOfNodes[1][node];
			if (older !== NOBODY) counts[older] += 1;
			if (newer !== NOBODY && newer !== older) counts[newer] += 1;
		}
	});
	return counts;
}

function pairsByPackage(pairs: readonly PackagePair[], side: number, count: number): Int32Array {
	const found = new Int32Array(count).fill(NOBODY);
	for (const [index, pair] of pairs.entries()) {
		const position = pair[side];
		if (position !== null) found[position] = index;
	}
	return found;
}

interface OwnSide {
	/** The point of the merged tree that is this image. */
	readonly point: number;
	readonly own: FileTree;
	readonly owners: Int32Array;
	readonly pairOf: Int32Array;
}

/**
 * The pair that owns each node of the merged tree in one of the images. What is visible in the image has the same order in its own tree, so that
 * one pass over both is enough.
 */
function* pairsByNode(merged: FileTree, { point, own, owners, pairOf }: OwnSide): Steps<Int32Array> {
	const found = new Int32Array(merged.nodeCount).fill(NOBODY);
	let ownNode = 1;
	yield* inParts(merged.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) {
			if (!isThere(merged, node, point)) continue;
			while (ownNode < own.nodeCount && !isThere(own, ownNode, own.layerCount)) ownNode += 1;
			const owner = owners[ownNode] ?? NOBODY;
			if (owner !== NOBODY) found[node] = pairOf[owner];
			ownNode += 1;
		}
	});
	return found;
}

function isThere(tree: FileTree, node: number, point: number): boolean {
	const change = changeBefore(tree, node, point);
	return change !== -1 && tree.changeEntries[change] !== NO_ENTRY;
}
