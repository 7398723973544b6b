import type { Steps } from '../steps.ts';

/** Items that are merged in about a millisecond. */
const ITEMS_A_STEP = 8192;

type SortableColumn = Int32Array | Uint32Array | Float64Array;

/** How to sort. */
export interface Sorting<Column> {
	/** Items that are sorted in about a millisecond. */
	readonly runLength: number;
	/** Sorts up to that many items in place. */
	readonly sortRun: (run: Column) => void;
	/** Whether the left one of two items comes first or is equal. */
	readonly isInOrder: (left: number, right: number) => boolean;
}

/** Sorts a column in place, with a step for every run and every part of a merge. Columns of one run are sorted at once. */
export function* sortColumn<Column extends SortableColumn>(
	column: Column,
	{ runLength, sortRun, isInOrder }: Sorting<Column>,
): Steps<void> {
	const { length } = column;
	if (length <= runLength) {
		sortRun(column);
		return;
	}
	for (let start = 0; start < length; start += runLength) {
		sortRun(column.subarray(start, start + runLength) as Column);
		yield;
	}
	let from: SortableColumn = column;
	let to: SortableColumn = column.slice();
	for (let width = runLength; width < length; width *= 2) {
		for (let start = 0; start < length; start += 2 * width)
			yield* merge({ from, to, start, middle: start + width, end: start + 2 * width }, isInOrder);
		[from, to] = [to, from];
	}
	if (from !== column) column.set(from);
}

/** Two sorted runs, `[start, middle)` and `[middle, end)`; the end of the column may cut them short. */
interface Runs {
	readonly from: SortableColumn;
	readonly to: SortableColumn;
	readonly start: number;
	readonly middle: number;
	readonly end: number;
}

function* merge(
	{ from, to, start, middle, end }: Runs,
	isInOrder: (left: number, right: number) => boolean,
): Steps<void> {
	const leftEnd = Math.min(middle, from.length);
	const rightEnd = Math.min(end, from.length);
	let [left, right] = [start, leftEnd];
	for (let index = start; index < rightEnd; index++) {
		const isLeft = right === rightEnd || (left < leftEnd && isInOrder(from[left], from[right]));
		to[index] = isLeft ? from[left++] : from[right++];
		if (index % ITEMS_A_STEP === 0) yield;
	}
}
