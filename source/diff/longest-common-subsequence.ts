/** Positions in the first and the second list. */
export type Pair = readonly [number, number];

/** More than this many cells are not filled in: hostile images have lists of 100,000 layers or variables. */
const MOST_CELLS = 4_000_000;

type Items = readonly (string | null)[];

/**
 * The longest common subsequence of two lists, as pairs of positions, in order. Null equals nothing. What both lists begin and end with
 * is taken as it is; if what is left between is too long for the table, the first match of each item in order is taken instead. Of
 * several that are equally long, it is the same one when the lists are exchanged.
 */
export function longestCommonSubsequence(left: Items, right: Items): readonly Pair[] {
	if (!comesAfter(left, right)) return commonSubsequence(left, right);
	return commonSubsequence(right, left).map(([rightIndex, leftIndex]) => [leftIndex, rightIndex]);
}

function comesAfter(left: Items, right: Items): boolean {
	if (left.length !== right.length) return left.length > right.length;
	const differing = left.findIndex((item, index) => item !== right[index]);
	return differing >= 0 && String(left[differing]) > String(right[differing]);
}

function commonSubsequence(left: Items, right: Items): readonly Pair[] {
	const isSame = (leftIndex: number, rightIndex: number): boolean =>
		left[leftIndex] !== null && left[leftIndex] === right[rightIndex];
	let start = 0;
	while (start < left.length && start < right.length && isSame(start, start)) start += 1;
	let [leftEnd, rightEnd] = [left.length, right.length];
	while (leftEnd > start && rightEnd > start && isSame(leftEnd - 1, rightEnd - 1)) {
		leftEnd -= 1;
		rightEnd -= 1;
	}
	const range = { start, leftEnd, rightEnd };
	const cells = (leftEnd - start) * (rightEnd - start);
	const middle = cells <= MOST_CELLS ? longest(range, isSame) : inOrder(range, left, right);
	return [
		...Array.from({ length: start }, (_, index): Pair => [index, index]),
		...middle,
		...Array.from({ length: left.length - leftEnd }, (_, index): Pair => [leftEnd + index, rightEnd + index]),
	];
}

interface Range {
	readonly start: number;
	readonly leftEnd: number;
	readonly rightEnd: number;
}

function longest(
	{ start, leftEnd, rightEnd }: Range,
	isSame: (leftIndex: number, rightIndex: number) => boolean,
): readonly Pair[] {
	const width = rightEnd - start + 1;
	/** The length of the longest common subsequence of what follows each pair of positions. */
	const lengths = new Uint16Array((leftEnd - start + 1) * width);
	const at = (leftIndex: number, rightIndex: number): number =>
		(leftIndex - start) * width + rightIndex - start;
	for (let leftIndex = leftEnd - 1; leftIndex >= start; leftIndex--) {
		for (let rightIndex = rightEnd - 1; rightIndex >= start; rightIndex--) {
			lengths[at(leftIndex, rightIndex)] = isSame(leftIndex, rightIndex)
				? lengths[at(leftIndex + 1, rightIndex + 1)] + 1
				: Math.max(lengths[at(leftIndex + 1, rightIndex)], lengths[at(leftIndex, rightIndex + 1)]);
		}
	}
	const pairs: Pair[] = [];
	for (let leftIndex = start, rightIndex = start; leftIndex < leftEnd && rightIndex < rightEnd; ) {
		if (isSame(leftIndex, rightIndex)) pairs.push([leftIndex++, rightIndex++]);
		else if (lengths[at(leftIndex + 1, rightIndex)] >= lengths[at(leftIndex, rightIndex + 1)]) leftIndex += 1;
		else rightIndex += 1;
	}
	return pairs;
}

function inOrder({ start, leftEnd, rightEnd }: Range, left: Items, right: Items): readonly Pair[] {
	const pairs: Pair[] = [];
	const positions = new Map<string, number[]>();
	for (let index = rightEnd - 1; index >= start; index--) {
		const item = right[index];
		if (item === null) continue;
		const known = positions.get(item);
		if (known === undefined) positions.set(item, [index]);
		else known.push(index);
	}
	let next = start;
	for (let index = start; index < leftEnd; index++) {
		const candidates = positions.get(left[index] ?? '') ?? [];
		while (candidates.length > 0 && candidates[candidates.length - 1] < next) candidates.pop();
		const found = candidates.pop();
		if (found === undefined) continue;
		pairs.push([index, found]);
		next = found + 1;
	}
	return pairs;
}
