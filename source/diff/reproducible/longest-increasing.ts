import { inParts, type Steps } from '../../steps.ts';

const ITEMS_A_STEP = 4096;

/** The length of the longest subsequence that ascends, of numbers that are all different (patience sorting). */
export function* longestIncreasing(numbers: Int32Array): Steps<number> {
	/** The least last number of an ascending subsequence of each length. */
	const lasts = new Int32Array(numbers.length);
	let length = 0;
	yield* inParts(numbers.length, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const at = firstNotBelow(lasts, length, numbers[index]);
			lasts[at] = numbers[index];
			if (at === length) length += 1;
		}
	});
	return length;
}

function firstNotBelow(lasts: Int32Array, length: number, wanted: number): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (lasts[middle] < wanted) low = middle + 1;
		else high = middle;
	}
	return low;
}
