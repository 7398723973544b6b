import type { Steps } from '../steps.ts';
import { changeBefore, kindBetween } from './comparison.ts';
import { type FileTree, NO_ENTRY, UNCHANGED } from './file-tree.ts';
import { forEachChange } from './layer-changes.ts';
import { clearSums, SubtreeAdder, type SubtreeSums } from './subtree-sums.ts';

export interface ChangeSumming {
	readonly from: number;
	readonly to: number;
	/** Written over. */
	readonly into: SubtreeSums;
}

/** Adds up what is gone at the second of two points, and counts what changed between them. */
export function* sumUpChanges(tree: FileTree, { from, to, into }: ChangeSumming): Steps<void> {
	yield* clearSums(into);
	const adder = new SubtreeAdder(tree, into);
	if (to === from + 1) yield* addLayer(tree, from, adder);
	else if (to > from) yield* addRange(tree, { from, to, adder });
	adder.finish();
}

/** In a single layer each change is a change of one node against what was before. */
function* addLayer(tree: FileTree, layer: number, adder: SubtreeAdder): Steps<void> {
	const { changeEntries, changeBytes, changeKindCodes } = tree;
	const addend = { bytes: 0, count: 0, changes: 0 };
	yield* forEachChange(tree, layer, (node, change) => {
		const isGone = changeEntries[change] === NO_ENTRY;
		addend.bytes = isGone ? changeBytes[change] : 0;
		addend.count = isGone ? 1 : 0;
		addend.changes = changeKindCodes[change] > UNCHANGED ? 1 : 0;
		adder.add(node, addend);
	});
}

interface Range {
	readonly from: number;
	readonly to: number;
	readonly adder: SubtreeAdder;
}

const NODES_A_STEP = 8192;

/** In several layers a node may be changed more than once, so nodes are asked one by one. */
function* addRange(tree: FileTree, { from, to, adder }: Range): Steps<void> {
	for (let node = tree.nodeCount - 1; node > 0; node--) {
		const change = changeBefore(tree, node, to);
		if (change !== -1 && tree.changeLayers[change] >= from) {
			const kind = kindBetween(tree, node, { from, to });
			const before = changeBefore(tree, node, from);
			const isGone =
				before !== -1 && tree.changeEntries[before] !== NO_ENTRY && tree.changeEntries[change] === NO_ENTRY;
			adder.add(node, {
				bytes: isGone ? tree.changeBytes[before] : 0,
				count: isGone ? 1 : 0,
				changes: kind > UNCHANGED ? 1 : 0,
			});
		}
		if (node % NODES_A_STEP === 0) yield;
	}
}
