import { type FileTree, NO_ENTRY, type WasteCause, wasteCauses } from '../../filetree/file-tree.ts';
import { matchedNodes, type NodeRange } from '../../filetree/matched-nodes.ts';
import { inParts, type Steps } from '../../steps.ts';

/** What some paths carry, which a rule does not count. Bytes. */
export interface LeftOut {
	/** What the visible ones carry; what only a hard link still shows is not among it. */
	readonly liveBytes: number;
	readonly wastedBytes: number;
	/** The part of the wasted bytes that the layers above the base wasted. */
	readonly addedWastedBytes: number;
	/** What the layers above the base ship at these paths. */
	readonly addedLayerBytes: number;
}

export const nothingLeftOut: LeftOut = {
	liveBytes: 0,
	wastedBytes: 0,
	addedWastedBytes: 0,
	addedLayerBytes: 0,
};

const ITEMS_A_STEP = 8192;
const DUPLICATE = wasteCauses.indexOf('duplicate' satisfies WasteCause);

/** What the paths of an image carry that match. */
export function* leftOutOf(
	tree: FileTree,
	baseLayerCount: number,
	matches: (path: string) => boolean,
): Steps<LeftOut> {
	const ranges = yield* matchedNodes(tree, matches);
	const isLeftOut = yield* markRanges(tree.nodeCount, ranges);
	const sums = { ...nothingLeftOut } as { -readonly [Key in keyof LeftOut]: LeftOut[Key] };
	for (const { from, to } of ranges)
		yield* inParts(to - from, ITEMS_A_STEP, (start, end) => {
			for (let node = from + start; node < from + end; node++) addNode(sums, tree, node, baseLayerCount);
		});
	const { waste } = tree;
	yield* inParts(waste.count, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			if (isLeftOut[waste.nodes[index]] === 0) continue;
			const bytes = waste.bytes[index];
			sums.wastedBytes += bytes;
			if (waste.culprits[index] >= baseLayerCount) sums.addedWastedBytes += bytes;
			// A tree has no change for the first of two entries with one path in one layer.
			if (waste.causes[index] === DUPLICATE && waste.layers[index] >= baseLayerCount)
				sums.addedLayerBytes += bytes;
		}
	});
	return sums;
}

function* markRanges(nodeCount: number, ranges: readonly NodeRange[]): Steps<Uint8Array> {
	const marks = new Uint8Array(nodeCount);
	yield* inParts(ranges.length, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) marks.fill(1, ranges[index].from, ranges[index].to);
	});
	return marks;
}

function addNode(
	sums: { liveBytes: number; addedLayerBytes: number },
	{ changeStarts, changeLayers, changeEntries, changeBytes }: FileTree,
	node: number,
	baseLayerCount: number,
): void {
	const last = changeStarts[node + 1] - 1;
	for (let change = changeStarts[node]; change <= last; change++) {
		if (changeEntries[change] === NO_ENTRY) continue;
		if (change === last) sums.liveBytes += changeBytes[change];
		if (changeLayers[change] >= baseLayerCount) sums.addedLayerBytes += changeBytes[change];
	}
}
