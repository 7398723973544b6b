import { sortColumn } from '../columns/sort-column.ts';
import { inParts, type Steps } from '../steps.ts';

/** Numbers that take about a millisecond. */
const ITEMS_A_STEP = 8192;

/**
 * The positions of all whole numbers of a column, that of the largest first; of equal ones the first. Numbers are sorted many times as
 * fast without a function that compares them, so each is put before its position, and both are one number, as long as that is exact.
 */
export function* largestFirst(values: Float64Array): Steps<Uint32Array> {
	const count = values.length;
	const scale = 2 ** Math.ceil(Math.log2(count + 1));
	const keys = new Float64Array(count);
	let largest = 0;
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			keys[index] = values[index] * scale + (count - 1 - index);
			largest = Math.max(largest, keys[index]);
		}
	});
	if (largest > Number.MAX_SAFE_INTEGER) return yield* largestFirstByComparing(values);
	yield* sortColumn(keys, {
		runLength: KEYS_A_STEP,
		sortRun: (run) => run.sort(),
		isInOrder: (left, right) => left <= right,
	});
	const ranking = new Uint32Array(count);
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let rank = from; rank < to; rank++) {
			const key = keys[count - 1 - rank];
			ranking[rank] = count - 1 - (key - Math.floor(key / scale) * scale);
		}
	});
	return ranking;
}

/** Numbers that are sorted in a few milliseconds, with and without a function that compares them. */
const KEYS_A_STEP = 65_536;
const COMPARED_A_STEP = 4096;

function* largestFirstByComparing(values: Float64Array): Steps<Uint32Array> {
	const ranking = Uint32Array.from(values.keys());
	const compare = (left: number, right: number): number => values[right] - values[left] || left - right;
	yield* sortColumn(ranking, {
		runLength: COMPARED_A_STEP,
		sortRun: (run) => run.sort(compare),
		isInOrder: (left, right) => compare(left, right) <= 0,
	});
	return ranking;
}
