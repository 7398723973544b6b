import { type Comparison, changedCountAt, kindAt, nodeCountAt } from '../../../filetree/comparison.ts';
import { UNCHANGED } from '../../../filetree/file-tree.ts';
import { forEachChange } from '../../../filetree/layer-changes.ts';
import { finish, type Steps } from '../../../steps.ts';

const NODES_A_STEP = 16_384;
const known = new WeakMap<Comparison, number>();

/** How many paths have no row where only changes are shown: without those of the folders on the way to a change. */
export function unchangedCount(comparison: Comparison): number {
	return known.get(comparison) ?? finish(countUnchanged(comparison));
}

/** Counts them ahead of time. */
export function* countUnchanged(comparison: Comparison): Steps<number> {
	const others = nodeCountAt(comparison, 0) - changedCountAt(comparison, 0);
	const count = others === 0 ? 0 : Math.max(0, others - (yield* countFoldersOnTheWay(comparison)));
	known.set(comparison, count);
	return count;
}

function countFoldersOnTheWay(comparison: Comparison): Steps<number> {
	const { from, to } = comparison;
	return to === from + 1 ? countInLayer(comparison, from) : countInAll(comparison);
}

/** Of a single layer, the folders are above what it has changes of. */
function* countInLayer(comparison: Comparison, layer: number): Steps<number> {
	const { tree, innerNumbers } = comparison;
	const { parents, subtreeEnds, nodeCount } = tree;
	let count = 0;
	let behind = nodeCount;
	yield* forEachChange(tree, layer, (node) => {
		// What holds the node behind as well has been seen with it.
		for (let above = node; above > 0 && subtreeEnds[above] <= behind; above = parents[above])
			if (innerNumbers[above] >= 0 && isOnTheWay(comparison, above)) count += 1;
		behind = node;
	});
	return count;
}

function* countInAll(comparison: Comparison): Steps<number> {
	const { nodeCount, subtreeEnds } = comparison.tree;
	let count = 0;
	let node = 1;
	while (node < nodeCount) {
		for (let left = NODES_A_STEP; left > 0 && node < nodeCount; left--) {
			const mixed = isMixed(comparison, node);
			if (mixed && kindAt(comparison, node) === UNCHANGED) count += 1;
			node = mixed ? node + 1 : subtreeEnds[node];
		}
		yield;
	}
	return count;
}

/** Whether a folder has what changed below it, and itself or below it what did not: in any other there is no folder on the way. */
function isMixed(comparison: Comparison, folder: number): boolean {
	if (comparison.innerNumbers[folder] < 0) return false;
	const changes = changedCountAt(comparison, folder);
	return changes > 0 && changes < nodeCountAt(comparison, folder);
}

function isOnTheWay(comparison: Comparison, folder: number): boolean {
	return changedCountAt(comparison, folder) > 0 && kindAt(comparison, folder) === UNCHANGED;
}
