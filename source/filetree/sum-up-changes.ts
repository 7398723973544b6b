import type { Steps } from '../steps.ts';
import { changeBefore, kindFrom } from './comparison.ts';
import { CONTENT, type FileTree, NO_ENTRY, REMOVED, UNCHANGED } from './file-tree.ts';
import { countLostOnce } from './inodes/count-once.ts';
import { forEachChange } from './layer-changes.ts';
import { clearSums, SubtreeAdder, type SubtreeSums } from './subtree-sums.ts';

export interface ChangeSumming {
	readonly from: number;
	readonly to: number;
	/** Written over. */
	readonly into: SubtreeSums;
}

/** Adds up what is lost at the second of two points and what was shipped on the way there, and counts what changed. */
export function* sumUpChanges(tree: FileTree, { from, to, into }: ChangeSumming): Steps<void> {
	yield* clearSums(into);
	const adder = new SubtreeAdder(tree, into);
	if (to === from + 1) yield* addLayer(tree, from, adder);
	else if (to > from) yield* addRange(tree, { from, to, adder });
	adder.finish();
	yield* countLostOnce(tree, { from, to, into });
}

/** In a single layer each change is a change of one node against what was before. */
function* addLayer(tree: FileTree, layer: number, adder: SubtreeAdder): Steps<void> {
	const { changeStarts, changeEntries, changeBytes, changeKindCodes } = tree;
	const addend = { bytes: 0, count: 0, changes: 0, shipped: 0 };
	yield* forEachChange(tree, layer, (node, change) => {
		const isGone = changeEntries[change] === NO_ENTRY;
		const kind = changeKindCodes[change];
		const isReplaced = kind === CONTENT && change > changeStarts[node];
		addend.bytes = isGone ? changeBytes[change] : isReplaced ? changeBytes[change - 1] : 0;
		addend.shipped = isGone ? 0 : changeBytes[change];
		addend.count = isGone ? 1 : 0;
		addend.changes = kind > UNCHANGED ? 1 : 0;
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
	const { changeStarts, changeLayers, changeEntries, changeBytes } = tree;
	const addend = { bytes: 0, count: 0, changes: 0, shipped: 0 };
	for (let node = tree.nodeCount - 1; node > 0; node--) {
		if (node % NODES_A_STEP === 0) yield;
		const after = changeBefore(tree, node, to);
		if (after === -1 || changeLayers[after] < from) continue;
		const first = changeStarts[node];
		let before = after - 1;
		while (before >= first && changeLayers[before] >= from) before -= 1;
		if (before < first) before = -1;
		const kind = kindFrom(tree, node, { before, after });
		const isThere = changeEntries[after] !== NO_ENTRY;
		const wasThere = before !== -1 && changeEntries[before] !== NO_ENTRY;
		addend.bytes = kind === REMOVED || kind === CONTENT ? changeBytes[before] : 0;
		addend.shipped = isThere ? changeBytes[after] : 0;
		addend.count = wasThere && !isThere ? 1 : 0;
		addend.changes = kind > UNCHANGED ? 1 : 0;
		adder.add(node, addend);
	}
}
