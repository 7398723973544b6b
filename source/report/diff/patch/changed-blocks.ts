import { diffArrays } from 'diff';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { Steps } from '../../../steps.ts';

/** Lines of the old content in whose place the new content has others. Either count may be 0. */
export interface Block {
	readonly oldStart: number;
	readonly oldCount: number;
	readonly newStart: number;
	readonly newCount: number;
}

/** A range of lines in both lists. */
interface Range {
	readonly starts: Both<number>;
	readonly ends: Both<number>;
}

/**
 * The time of a comparison grows with the lines times the edits at worst, and nothing else is done meanwhile: this many take about ten
 * milliseconds. Unlike a time limit, a limit of edits gives the same result on every machine.
 */
const MOST_LINES_TIMES_EDITS = 8_000_000;
const MOST_EDITS = 300;
const LEAST_EDITS = 32;
const LINES_A_STEP = 16_384;
/** Hostile files could be divided very often. */
const MOST_DEPTH = 12;

/**
 * What differs between two lists of lines, which are given as numbers. Where few lines differ, the result has as few edits as possible (Myers,
 * "An O(ND) Difference Algorithm"). Otherwise the lists are divided at lines that each has once (as in a patience diff), and the parts are
 * compared; a part without such a line is one block.
 */
export function* changedBlocks(lists: Both<Uint32Array>): Steps<readonly Block[]> {
	const blocks: Block[] = [];
	const open: { readonly range: Range; readonly depth: number }[] = [
		{ range: { starts: [0, 0], ends: [lists[0].length, lists[1].length] }, depth: 0 },
	];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const range = yield* withoutCommonEnds(lists, next.range);
		if (isEmpty(range)) continue;
		const found = compareDirectly(lists, range);
		yield;
		if (found !== null) {
			blocks.push(...found);
			continue;
		}
		const parts = next.depth < MOST_DEPTH ? yield* partsOf(lists, range) : [];
		if (parts.length === 0) blocks.push(blockOf(range));
		// The first part is to be the next.
		for (const part of parts.toReversed()) open.push({ range: part, depth: next.depth + 1 });
	}
	return blocks;
}

function* withoutCommonEnds(lists: Both<Uint32Array>, { starts, ends }: Range): Steps<Range> {
	const [older, newer] = lists;
	let [oldStart, newStart] = starts;
	let [oldEnd, newEnd] = ends;
	for (let done = 1; oldStart < oldEnd && newStart < newEnd && older[oldStart] === newer[newStart]; done++) {
		oldStart += 1;
		newStart += 1;
		if (done % LINES_A_STEP === 0) yield;
	}
	for (
		let done = 1;
		oldEnd > oldStart && newEnd > newStart && older[oldEnd - 1] === newer[newEnd - 1];
		done++
	) {
		oldEnd -= 1;
		newEnd -= 1;
		if (done % LINES_A_STEP === 0) yield;
	}
	return { starts: [oldStart, newStart], ends: [oldEnd, newEnd] };
}

function isEmpty({ starts, ends }: Range): boolean {
	return starts[0] === ends[0] && starts[1] === ends[1];
}

function blockOf({ starts, ends }: Range): Block {
	return {
		oldStart: starts[0],
		oldCount: ends[0] - starts[0],
		newStart: starts[1],
		newCount: ends[1] - starts[1],
	};
}

/** null where too many lines differ. */
function compareDirectly(lists: Both<Uint32Array>, range: Range): readonly Block[] | null {
	const [oldCount, newCount] = [range.ends[0] - range.starts[0], range.ends[1] - range.starts[1]];
	if (oldCount === 0 || newCount === 0) return [blockOf(range)];
	const linesTimes = Math.floor(MOST_LINES_TIMES_EDITS / (oldCount + newCount));
	const maxEditLength = Math.max(LEAST_EDITS, Math.min(MOST_EDITS, linesTimes));
	if (Math.abs(oldCount - newCount) > maxEditLength) return null;
	const [older, newer] = lists.map((list, side) =>
		Array.from(list.subarray(range.starts[side], range.ends[side])),
	);
	const parts = diffArrays(older, newer, { maxEditLength });
	if (parts === undefined) return null;
	const blocks: Block[] = [];
	let [oldLine, newLine] = range.starts;
	let block: Block | null = null;
	for (const { added, removed, value } of parts) {
		if (added || removed) {
			block ??= { oldStart: oldLine, oldCount: 0, newStart: newLine, newCount: 0 };
			if (removed) block = { ...block, oldCount: block.oldCount + value.length };
			else block = { ...block, newCount: block.newCount + value.length };
		} else if (block !== null) {
			blocks.push(block);
			block = null;
		}
		if (!added) oldLine += value.length;
		if (!removed) newLine += value.length;
	}
	if (block !== null) blocks.push(block);
	return blocks;
}

/** The parts before, between and after the lines that each list has once, as far as those are in one order; none without such a line. */
function* partsOf(lists: Both<Uint32Array>, { starts, ends }: Range): Steps<readonly Range[]> {
	const positions = yield* uniquePositions(lists[1], starts[1], ends[1]);
	const own = yield* uniquePositions(lists[0], starts[0], ends[0]);
	const pairs: Both<number>[] = [];
	let looked = 0;
	for (const [number, oldLine] of own) {
		const newLine = positions.get(number) ?? REPEATED;
		if (oldLine !== REPEATED && newLine !== REPEATED) pairs.push([oldLine, newLine]);
		looked += 1;
		if (looked % LINES_A_STEP === 0) yield;
	}
	const anchors = yield* ascending(pairs);
	if (anchors.length === 0) return [];
	const parts: Range[] = [];
	let before: Both<number> = starts;
	for (const [index, [oldLine, newLine]] of anchors.entries()) {
		const part: Range = { starts: before, ends: [oldLine, newLine] };
		if (!isEmpty(part)) parts.push(part);
		before = [oldLine + 1, newLine + 1];
		if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
	}
	parts.push({ starts: before, ends });
	return parts;
}

const REPEATED = -1;

/** Where each line is that a range has once, in order; `REPEATED` for lines that it has several times. */
function* uniquePositions(list: Uint32Array, start: number, end: number): Steps<Map<number, number>> {
	const positions = new Map<number, number>();
	for (let line = start; line < end; line++) {
		positions.set(list[line], positions.has(list[line]) ? REPEATED : line);
		if ((line - start) % LINES_A_STEP === LINES_A_STEP - 1) yield;
	}
	return positions;
}

/** The longest run of pairs, not necessarily adjacent, that ascends on both sides. The pairs ascend on the first side. */
function* ascending(pairs: readonly Both<number>[]): Steps<readonly Both<number>[]> {
	/** For each length, the pair that ends a run of that length and has the least second side. */
	const lasts: number[] = [];
	const previous = new Int32Array(pairs.length);
	for (const [index, [, newLine]] of pairs.entries()) {
		let low = 0;
		let high = lasts.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (pairs[lasts[middle]][1] < newLine) low = middle + 1;
			else high = middle;
		}
		previous[index] = low === 0 ? -1 : lasts[low - 1];
		lasts[low] = index;
		if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
	}
	const run: Both<number>[] = [];
	for (let index = lasts.at(-1) ?? -1; index !== -1; index = previous[index]) run.push(pairs[index]);
	return run.reverse();
}
