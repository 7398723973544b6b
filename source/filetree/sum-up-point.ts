import type { Steps } from '../steps.ts';
import { type FileTree, NO_ENTRY } from './file-tree.ts';
import { countPresentOnce } from './inodes/count-once.ts';
import { forEachChange } from './layer-changes.ts';
import { clearSums, copySums, SubtreeAdder, type SubtreeSums } from './subtree-sums.ts';

/** What is there at a point of the stack, added up for each directory. */
export interface PointSums {
	readonly point: number;
	/** `changes` counts what an entry made: all but implied directories. */
	readonly sums: SubtreeSums;
}

export interface PointSumming {
	readonly near: readonly PointSums[];
	/** Written over; may be one of those that are near. */
	readonly into: SubtreeSums;
}

/** Adds up what is there at a point: from the nearest point that is known, layer by layer. */
export function* sumUpPoint(tree: FileTree, point: number, { near, into }: PointSumming): Steps<void> {
	const start = nearest(tree, point, near);
	if (start === null) yield* clearSums(into);
	else if (start.sums !== into) yield* copySums(start.sums, into);
	const startPoint = start?.point ?? 0;
	for (let layer = startPoint; layer < point; layer++) yield* addLayer(tree, layer, { into, sign: 1 });
	for (let layer = startPoint - 1; layer >= point; layer--) yield* addLayer(tree, layer, { into, sign: -1 });
	yield* countPresentOnce(tree, { from: startPoint, to: point, into });
}

/** The known point with the fewest changes between; null when that is the empty image. */
function nearest(
	{ layerChangeStarts }: FileTree,
	point: number,
	known: readonly PointSums[],
): PointSums | null {
	const distanceOf = (other: number) => Math.abs(layerChangeStarts[other] - layerChangeStarts[point]);
	return known.reduce<PointSums | null>(
		(best, each) => (distanceOf(each.point) < distanceOf(best?.point ?? 0) ? each : best),
		null,
	);
}

interface LayerSumming {
	readonly into: SubtreeSums;
	readonly sign: 1 | -1;
}

/** Adds what a layer makes of the paths that it changes, or takes it away again. */
function* addLayer(tree: FileTree, layer: number, { into, sign }: LayerSumming): Steps<void> {
	const { changeStarts, changeEntries, changeBytes } = tree;
	const adder = new SubtreeAdder(tree, into);
	const addend = { bytes: 0, count: 0, changes: 0, shipped: 0 };
	yield* forEachChange(tree, layer, (node, change) => {
		const entry = changeEntries[change];
		const before = change > changeStarts[node] ? changeEntries[change - 1] : NO_ENTRY;
		const bytes = entry === NO_ENTRY ? 0 : changeBytes[change];
		const bytesBefore = before === NO_ENTRY ? 0 : changeBytes[change - 1];
		addend.bytes = sign * (bytes - bytesBefore);
		addend.count = sign * ((entry === NO_ENTRY ? 0 : 1) - (before === NO_ENTRY ? 0 : 1));
		addend.changes = sign * ((entry < 0 ? 0 : 1) - (before < 0 ? 0 : 1));
		adder.add(node, addend);
	});
	adder.finish();
}
