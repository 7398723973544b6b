import type { Comparison } from '../../../filetree/comparison.ts';
import { ABSENT } from '../../../filetree/file-tree.ts';
import { LEADS_TO_MATCH, MATCH } from './row-rules.ts';

interface MarkRules {
	readonly comparison: Comparison;
	readonly hideUnchanged: boolean;
	readonly matches: Int32Array;
}

/** Marks the matches that can be shown in this comparison, and the directories above them. */
export function markMatches({ comparison, hideUnchanged, matches }: MarkRules, marks: Uint8Array): void {
	const { kinds, changedCounts, tree } = comparison;
	marks.fill(0);
	for (const match of matches) {
		if (kinds[match] === ABSENT || (hideUnchanged && changedCounts[match] === 0)) continue;
		marks[match] = MATCH;
		for (let above = tree.parents[match]; above > 0 && marks[above] === 0; above = tree.parents[above]) {
			marks[above] = LEADS_TO_MATCH;
		}
	}
}
