import { type Comparison, changedCountAt, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { LEADS_TO_MATCH, MATCH } from './row-rules.ts';

interface MarkRules {
	readonly comparison: Comparison;
	readonly hideUnchanged: boolean;
	readonly matches: Int32Array;
}

const MATCHES_A_STEP = 8192;

/** Marks the matches that can be shown in this comparison, and the directories above them. */
export function* markMatches(rules: MarkRules, marks: Uint8Array): Steps<void> {
	marks.fill(0);
	for (let start = 0; start < rules.matches.length; start += MATCHES_A_STEP) {
		markSome(rules, rules.matches.subarray(start, start + MATCHES_A_STEP), marks);
		yield;
	}
}

function markSome({ comparison, hideUnchanged }: MarkRules, matches: Int32Array, marks: Uint8Array): void {
	const { parents } = comparison.tree;
	for (let index = 0; index < matches.length; index++) {
		const match = matches[index];
		if (kindAt(comparison, match) === ABSENT) continue;
		if (hideUnchanged && changedCountAt(comparison, match) === 0) continue;
		marks[match] = MATCH;
		for (let above = parents[match]; above > 0 && marks[above] === 0; above = parents[above]) {
			marks[above] = LEADS_TO_MATCH;
		}
	}
}
