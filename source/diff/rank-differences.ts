import { sortColumn } from '../columns/sort-column.ts';
import { inParts, type Steps } from '../steps.ts';
import { deltaOf, differingBytesAt } from './differing-path.ts';
import type { ImageDifference } from './image-difference.ts';

const ROWS_A_STEP = 1024;

/**
 * The rows of the greatest differences, at most so many: those that cost or save most bytes first, whichever of both; then those of the
 * largest files; then in path order.
 */
export function* rankDifferences(difference: ImageDifference, most: number): Steps<Int32Array> {
	const { count } = difference.files;
	if (most === 0) return new Int32Array(0);
	const costs = new Float64Array(count);
	const sizes = new Float64Array(count);
	const isInOrder = (left: number, right: number): boolean => compare(left, right) <= 0;
	const compare = (left: number, right: number): number =>
		costs[right] - costs[left] || sizes[right] - sizes[left] || left - right;
	const ranked: number[] = [];
	yield* inParts(count, ROWS_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			const bytes = differingBytesAt(difference, row);
			costs[row] = Math.abs(deltaOf(bytes));
			sizes[row] = Math.max(bytes.oldBytes ?? 0, bytes.newBytes ?? 0);
			if (most < count) insert(ranked, row, { most, isInOrder });
		}
	});
	if (most < count) return Int32Array.from(ranked);
	const rows = Int32Array.from({ length: count }, (_, row) => row);
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
