import { type Comparison, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import type { Matches } from './matches.ts';
import { LEADS_TO_MATCH, MATCH } from './row-rules.ts';

const CANDIDATES_A_STEP = 8192;

/** Marks the topmost matches that can be shown in this comparison, and the directories above them. */
export function* markMatches(
	comparison: Comparison,
	{ candidates, test }: Matches,
	marks: Uint8Array,
): Steps<void> {
	const { parents, subtreeEnds, nodeCount } = comparison.tree;
	const count = candidates === null ? nodeCount : candidates.length;
	marks.fill(0);
	// The root is no match: it has no row.
	let next = 1;
	for (let index = 0; index < count; index++) {
		if (index % CANDIDATES_A_STEP === 0) yield;
		const node = candidates === null ? index : candidates[index];
		if (node < next || kindAt(comparison, node) === ABSENT || !test(comparison, node)) continue;
		next = subtreeEnds[node];
		marks[node] = MATCH;
		for (let above = parents[node]; above > 0 && marks[above] === 0; above = parents[above]) {
			marks[above] = LEADS_TO_MATCH;
		}
	}
}
