import { compare } from '../../../filetree/compare.ts';
import type { Comparison } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { childOrder } from './child-order.ts';
import { countRows, type RowScratch } from './count-rows.ts';
import { markMatches } from './marks.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import type { RowRules } from './row-rules.ts';

/** Works out projections one after the other. The arrays of the last one, with an item for every node, are written over. */
export class ProjectionSlot {
	readonly #tree: FileTree;
	readonly #scratch: RowScratch;
	readonly #counts: Uint32Array;
	#marks: Uint8Array | null = null;
	#last: { readonly key: ProjectionKey; readonly projection: Projection } | null = null;

	/** Columns for the next comparison to fill. */
	#spare: Comparison | undefined;

	/** `reuse` is of a tree with as many nodes; it gives up its columns and must not be used afterwards. */
	constructor(tree: FileTree, scratch: RowScratch, reuse: ProjectionSlot | null) {
		this.#tree = tree;
		this.#scratch = scratch;
		this.#counts = reuse === null ? new Uint32Array(tree.nodeCount) : reuse.#counts;
		if (reuse !== null) {
			this.#marks = reuse.#marks;
			this.#spare = reuse.#last === null ? reuse.#spare : reuse.#last.projection.comparison;
		}
	}

	/** Whether the last projection is of these two points, so that they need not be compared again. */
	holds({ from, to }: ProjectionKey): boolean {
		return this.#last?.key.from === from && this.#last.key.to === to;
	}

	/** The rows for a key. What is the same as in the last one is not worked out again. */
	project(key: ProjectionKey): Projection {
		const last = this.#last;
		const isSameRange = last !== null && this.holds(key);
		const hasSameRows = isSameRange && selectsSameRows(last.key, key);
		if (hasSameRows && last.key.order === key.order) return last.projection;
		const comparison = isSameRange
			? last.projection.comparison
			: compare(this.#tree, key.from, key.to, last?.projection.comparison ?? this.#spare);
		const rules = this.#rules(key, comparison);
		if (!hasSameRows) this.#countRows(key, rules);
		const order = childOrder(comparison, key.order);
		const index = { counts: this.#counts, parents: this.#tree.parents, order };
		const projection = { comparison, rules, index, rowCount: this.#counts[0] };
		this.#last = { key, projection };
		this.#spare = undefined;
		return projection;
	}

	#rules({ folds, hideUnchanged, matches }: ProjectionKey, comparison: Comparison): RowRules {
		if (matches !== null) this.#marks ??= new Uint8Array(this.#tree.nodeCount);
		return { comparison, folds, hideUnchanged, marks: matches === null ? null : this.#marks };
	}

	#countRows({ matches, hideUnchanged }: ProjectionKey, rules: RowRules): void {
		if (matches !== null && rules.marks !== null) {
			markMatches({ comparison: rules.comparison, hideUnchanged, matches }, rules.marks);
		}
		countRows(rules, this.#counts, this.#scratch);
	}
}

/** Whether the same nodes have rows, given the same comparison. */
function selectsSameRows(left: ProjectionKey, right: ProjectionKey): boolean {
	return (
		left.hideUnchanged === right.hideUnchanged && left.folds === right.folds && left.matches === right.matches
	);
}
