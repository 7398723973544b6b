import type { Block } from './changed-blocks.ts';

/** Blocks with the lines around them, in both contents. Lines are counted from 0. */
export interface Hunk {
	readonly blocks: readonly Block[];
	readonly oldStart: number;
	readonly oldEnd: number;
	readonly newStart: number;
	readonly newEnd: number;
}

/** As many lines as `diff -u` and git print around what differs. */
const CONTEXT_LINES = 3;

/** Puts blocks whose contexts touch into one hunk. Of each hunk the last context line is the `oldLineCount`-th line at most. */
export function hunksOf(blocks: readonly Block[], oldLineCount: number): readonly Hunk[] {
	const groups: Block[][] = [];
	for (const block of blocks) {
		const group = groups.at(-1);
		const last = group?.at(-1);
		const isNear = last && block.oldStart - (last.oldStart + last.oldCount) <= 2 * CONTEXT_LINES;
		if (group !== undefined && isNear) group.push(block);
		else groups.push([block]);
	}
	return groups.map((group) => hunkOf(group, oldLineCount));
}

function hunkOf(blocks: readonly Block[], oldLineCount: number): Hunk {
	const [first] = blocks;
	const last = blocks[blocks.length - 1];
	const oldChangeEnd = last.oldStart + last.oldCount;
	const before = Math.min(CONTEXT_LINES, first.oldStart);
	const after = Math.min(CONTEXT_LINES, oldLineCount - oldChangeEnd);
	return {
		blocks,
		oldStart: first.oldStart - before,
		oldEnd: oldChangeEnd + after,
		newStart: first.newStart - before,
		newEnd: last.newStart + last.newCount + after,
	};
}

/** The ranges of a hunk, as in `-1,4 +1,5`. */
export function rangesOf({ oldStart, oldEnd, newStart, newEnd }: Hunk): string {
	return `-${rangeText(oldStart, oldEnd)} +${rangeText(newStart, newEnd)}`;
}

/** A count of 1 is left out, and a range without lines starts at the line before it (POSIX, "diff", "Diff Unified Output Format"). */
function rangeText(start: number, end: number): string {
	const count = end - start;
	if (count === 1) return String(start + 1);
	return count === 0 ? `${start},0` : `${start + 1},${count}`;
}
