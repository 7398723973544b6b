import { type Comparison, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import type { Matches } from './matches.ts';
import { LEADS_TO_MATCH, LONE_MATCH, MATCH } from './row-rules.ts';

const CANDIDATES_A_STEP = 8192;

/** Marks the topmost matches that exist in this comparison, and the directories above them. Gives the number of matches. */
export function* markMatches(comparison: Comparison, matches: Matches, marks: Uint8Array): Steps<number> {
	const count = matches.candidates?.length ?? comparison.tree.nodeCount;
	const marking = { comparison, matches, marks, next: 1, found: 0 };
	marks.fill(0);
	for (let start = 0; start < count; start += CANDIDATES_A_STEP) {
		markSome(marking, start, Math.min(count, start + CANDIDATES_A_STEP));
		yield;
	}
	return marking.found;
}

interface Marking {
	readonly comparison: Comparison;
	readonly matches: Matches;
	readonly marks: Uint8Array;
	/** The first node that is neither the root nor below a match. */
	next: number;
	found: number;
}

function markSome(marking: Marking, start: number, end: number): void {
	const { comparison, marks } = marking;
	const { candidates, test, isAlone = false } = marking.matches;
	const { parents, subtreeEnds } = comparison.tree;
	for (let index = start; index < end; index++) {
		const node = candidates === null ? index : candidates[index];
		if (node < marking.next || kindAt(comparison, node) === ABSENT || !test(comparison, node)) continue;
		marking.found += 1;
		// What stands alone says nothing of what is below it.
		if (!isAlone) marking.next = subtreeEnds[node];
		marks[node] = isAlone ? LONE_MATCH : MATCH;
		for (let above = parents[node]; above > 0 && marks[above] === 0; above = parents[above]) {
			marks[above] = LEADS_TO_MATCH;
		}
	}
}
