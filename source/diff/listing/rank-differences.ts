import { sortColumn } from '../../columns/sort-column.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { ImageDifference } from '../image-difference.ts';
import { deltaOf, differingBytesAt } from './differing-path.ts';
import { findWholeFolders, type WholeFolder } from './whole-folders.ts';

const ROWS_A_STEP = 1024;

/** The greatest differences, in the order of a list. */
export interface RankedDifferences {
	/** Rows of the differences. */
	readonly rows: Int32Array;
	/** Those of the rows that stand for a folder with all that is in it. */
	readonly folders: ReadonlyMap<number, WholeFolder>;
	/** How many rows are not among them, nor in one of the folders. */
	readonly hidden: number;
}

export interface RankingOptions {
	/** How many rows at most. */
	readonly most: number;
	/** Whether a folder that was added or removed is one row with all that is in it. */
	readonly foldsFolders: boolean;
}

/**
 * The rows of the greatest differences: those that cost or save most bytes first, whichever of both; then those of the largest files; then in
 * path order.
 */
export function* rankDifferences(
	difference: ImageDifference,
	{ most, foldsFolders }: RankingOptions,
): Steps<RankedDifferences> {
	const { count } = difference.files;
	if (most === 0) return { rows: new Int32Array(0), folders: new Map(), hidden: count };
	const folders: ReadonlyMap<number, WholeFolder> = foldsFolders
		? yield* findWholeFolders(difference)
		: new Map();
	const rows = yield* rankRows(difference, most, folders);
	const shown = rows.reduce((sum, row) => sum + (folders.get(row)?.rows ?? 1), 0);
	return { rows, folders, hidden: count - shown };
}

function* rankRows(
	difference: ImageDifference,
	most: number,
	folders: ReadonlyMap<number, WholeFolder>,
): Steps<Int32Array> {
	const { count } = difference.files;
	const costs = new Float64Array(count);
	const sizes = new Float64Array(count);
	const isInOrder = (left: number, right: number): boolean => compare(left, right) <= 0;
	const compare = (left: number, right: number): number =>
		costs[right] - costs[left] || sizes[right] - sizes[left] || left - right;
	const ranked: number[] = [];
	let next = 0;
	yield* inParts(count, ROWS_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			if (row < next) continue;
			const folder = folders.get(row);
			next = row + (folder?.rows ?? 1);
			const bytes = differingBytesAt(difference, row);
			costs[row] = folder?.bytes ?? Math.abs(deltaOf(bytes));
			sizes[row] = folder?.bytes ?? Math.max(bytes.oldBytes ?? 0, bytes.newBytes ?? 0);
			if (most < count) insert(ranked, row, { most, isInOrder });
			else ranked.push(row);
		}
	});
	const rows = Int32Array.from(ranked);
	if (most >= count)
		yield* sortColumn(rows, { runLength: ROWS_A_STEP, sortRun: (run) => run.sort(compare), isInOrder });
	return rows;
}

interface Ranking {
	readonly most: number;
	readonly isInOrder: (left: number, right: number) => boolean;
}

/** Keeps the first rows of those that are inserted, in order. */
function insert(ranked: number[], row: number, { most, isInOrder }: Ranking): void {
	const last = ranked[ranked.length - 1];
	if (ranked.length === most && isInOrder(last, row)) return;
	if (ranked.length === most) ranked.pop();
	let [low, high] = [0, ranked.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isInOrder(ranked[middle], row)) low = middle + 1;
		else high = middle;
	}
	ranked.splice(low, 0, row);
}
