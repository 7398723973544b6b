import { type Comparison, nodeCountAt } from '../../../filetree/comparison.ts';
import type { Steps } from '../../../steps.ts';
import { LEADS_TO_MATCH, WHOLE_MATCH } from './row-rules.ts';

export interface MatchCounting {
	readonly comparison: Comparison;
	readonly matches: Int32Array;
	/** Both columns have an item for every node and are written over. */
	readonly counts: Uint32Array;
	readonly marks: Uint8Array;
}

const MATCHES_A_STEP = 4096;

/**
 * What `markMatches` and `countRows` come to where all that is below a match is shown: how much that is is known, so only the
 * directories above are gone through. Somebody who types a filter waits for it with each letter.
 */
export function* countWholeMatches({ comparison, matches, counts, marks }: MatchCounting): Steps<void> {
	counts.fill(0);
	marks.fill(0);
	const above = new RowsAbove(comparison.tree.parents, counts, marks);
	for (let end = matches.length; end > 0; end -= MATCHES_A_STEP) {
		for (let index = end - 1; index >= Math.max(0, end - MATCHES_A_STEP); index--) {
			const match = matches[index];
			const rowCount = nodeCountAt(comparison, match);
			if (rowCount === 0) continue;
			counts[match] = rowCount;
			marks[match] = WHOLE_MATCH;
			above.add(match, rowCount);
		}
		yield;
	}
	above.finish();
}

/** Adds up the rows of directories above matches, which come last one first. */
class RowsAbove {
	readonly #parents: Int32Array;
	readonly #counts: Uint32Array;
	readonly #marks: Uint8Array;
	/** Directories that are being added up, each somewhere above the next one, and what is known of them so far. */
	readonly #outer: number[] = [];
	readonly #outerSums: number[] = [];
	/** The innermost of them. */
	#directory = 0;
	#sum = 0;

	constructor(parents: Int32Array, counts: Uint32Array, marks: Uint8Array) {
		this.#parents = parents;
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
	}

	finish(): void {
		while (this.#directory > 0) this.#close();
		this.#counts[0] = this.#sum;
	}

	/** The innermost directory has a row as well; goes on with the one above it. */
	#close(): void {
		this.#sum += 1;
		this.#counts[this.#directory] = this.#sum;
		this.#marks[this.#directory] = LEADS_TO_MATCH;
		this.#directory = this.#parents[this.#directory];
		if (this.#outer[this.#outer.length - 1] !== this.#directory) return;
		this.#outer.pop();
		this.#sum += this.#outerSums.pop() ?? 0;
	}
}
