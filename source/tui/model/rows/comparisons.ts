import { compare } from '../../../filetree/compare.ts';
import type { Comparison } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';

/** Two points of the stack, as `compare` has them. */
export type Range = Pick<Comparison, 'from' | 'to'>;

/**
 * The comparison in use and one other: the one before, or one that was worked out ahead of time. A comparison is good until the
 * second one after it is asked for, which is written over it.
 */
export class Comparisons {
	readonly #tree: FileTree;
	#current: Comparison | null = null;
	#other: Comparison | null = null;

	constructor(tree: FileTree) {
		this.#tree = tree;
	}

	get(range: Range): Comparison {
		if (isOf(this.#current, range)) return this.#current;
		const next = isOf(this.#other, range) ? this.#other : this.#compare(range);
		this.#other = this.#current;
		this.#current = next;
		return next;
	}

	/** Compares ahead of time what is likely to be asked for next. */
	prepare(range: Range): void {
		if (!isOf(this.#current, range) && !isOf(this.#other, range)) this.#other = this.#compare(range);
	}

	#compare({ from, to }: Range): Comparison {
		return compare(this.#tree, from, to, this.#other ?? undefined);
	}
}

function isOf(comparison: Comparison | null, { from, to }: Range): comparison is Comparison {
	return comparison !== null && comparison.from === from && comparison.to === to;
}
