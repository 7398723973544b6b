import { nodeCountAt } from '../../../filetree/comparison.ts';
import type { Steps } from '../../../steps.ts';
import type { RowCounting } from './count-rows.ts';
import { isJoined, LEADS_TO_MATCH, type RowRules, WHOLE_MATCH } from './row-rules.ts';

export interface MatchCounting extends RowCounting {
	readonly matches: Int32Array;
	/** Those of the rules. Like the counts they have an item for every node and are written over. */
	readonly marks: Uint8Array;
}

const MATCHES_A_STEP = 4096;

/**
 * Does the same as `markMatches` and `countRows`, for matches that are shown with everything below them. The number of their rows is
 * known, so only the directories above are visited. The user waits for this with every letter of a filter. Gives the number of matches
 * that are there.
 */
export function* countWholeMatches({ rules, matches, counts, marks }: MatchCounting): Steps<number> {
	const { comparison } = rules;
	let found = 0;
	counts.fill(0);
	marks.fill(0);
	const above = new RowsAbove(rules, counts, marks);
	for (let end = matches.length; end > 0; end -= MATCHES_A_STEP) {
		for (let index = end - 1; index >= Math.max(0, end - MATCHES_A_STEP); index--) {
			const match = matches[index];
			const rowCount = nodeCountAt(comparison, match);
			if (rowCount === 0) continue;
			found += 1;
			counts[match] = rowCount;
			marks[match] = WHOLE_MATCH;
			above.add(match, rowCount);
		}
		yield;
	}
	above.finish();
	return found;
}

/** Adds up the rows of the directories above matches. Matches are added in descending order. */
class RowsAbove {
	readonly #rules: RowRules;
	readonly #parents: Int32Array;
	readonly #counts: Uint32Array;
	readonly #marks: Uint8Array;
	/** Unfinished directories, each above the next one, and their sums so far. */
	readonly #outer: number[] = [];
	readonly #outerSums: number[] = [];
	/** The innermost of them. */
	#directory = 0;
	#sum = 0;
	/** What was added to it last. */
	#child = 0;
	#childSum = 0;

	constructor(rules: RowRules, counts: Uint32Array, marks: Uint8Array) {
		this.#rules = rules;
		this.#parents = rules.comparison.tree.parents;
		this.#counts = counts;
		this.#marks = marks;
	}

	add(match: number, rowCount: number): void {
		const parent = this.#parents[match];
		while (this.#directory > parent) this.#close();
		if (this.#directory < parent) {
			this.#outer.push(this.#directory);
			this.#outerSums.push(this.#sum);
			this.#directory = parent;
			this.#sum = 0;
		}
		this.#sum += rowCount;
		this.#child = match;
		this.#childSum = rowCount;
	}

	finish(): void {
		while (this.#directory > 0) this.#close();
		this.#counts[0] = this.#sum;
	}

	/** Counts the innermost directory's own row, and goes on with the directory above. */
	#close(): void {
		const { joins } = this.#rules;
		const isAlone =
			joins && this.#childSum === this.#sum && isJoined(this.#rules, this.#directory, this.#child);
		if (!isAlone) this.#sum += 1;
		this.#child = this.#directory;
		this.#childSum = this.#sum;
		this.#counts[this.#directory] = this.#sum;
		this.#marks[this.#directory] = LEADS_TO_MATCH;
		this.#directory = this.#parents[this.#directory];
		if (this.#outer[this.#outer.length - 1] !== this.#directory) return;
		this.#outer.pop();
		this.#sum += this.#outerSums.pop() ?? 0;
	}
}
