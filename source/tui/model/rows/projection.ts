import type { Comparison } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { createChildOrder, type SortOrder } from './child-order.ts';
import { Comparisons, type Range } from './comparisons.ts';
import { countRows, createRowBuffers, type RowBuffers } from './count-rows.ts';
import type { Folds } from './folds.ts';
import { markMatches } from './marks.ts';
import type { RowRules } from './row-rules.ts';
import type { RowIndex } from './row-window.ts';

/** What decides which rows the file tree has, and in which order. */
export interface ProjectionKey {
	readonly from: number;
	readonly to: number;
	readonly order: SortOrder;
	readonly hideUnchanged: boolean;
	readonly folds: Folds;
	readonly matches: Int32Array | null;
}

/** The rows of the file tree, not yet made into text. It is good until the projector is asked for another one. */
export interface Projection {
	readonly comparison: Comparison;
	readonly rules: RowRules;
	readonly index: RowIndex;
	readonly rowCount: number;
}

/**
 * Works out the rows for a key, and keeps the last answer: its arrays have an item for every node, and the next answer is written
 * over them. To its callers it is a pure function of the key.
 */
export class Projector {
	readonly #tree: FileTree;
	readonly #comparisons: Comparisons;
	readonly #buffers: RowBuffers;
	#marks: Uint8Array | null = null;
	#last: { readonly key: ProjectionKey; readonly projection: Projection } | null = null;

	constructor(tree: FileTree) {
		this.#tree = tree;
		this.#comparisons = new Comparisons(tree);
		this.#buffers = createRowBuffers(tree.nodeCount);
	}

	project(key: ProjectionKey): Projection {
		const last = this.#last;
		const isSameRange = last !== null && last.key.from === key.from && last.key.to === key.to;
		const hasSameRows = isSameRange && selectsSameRows(last.key, key);
		if (hasSameRows && last.key.order === key.order) return last.projection;
		const comparison = this.#comparisons.get(key);
		const rules = this.#rules(key, comparison);
		if (!hasSameRows) this.#countRows(key, rules);
		const { counts } = this.#buffers;
		const isSameOrder = isSameRange && last.key.order === key.order;
		const order = isSameOrder ? last.projection.index.order : createChildOrder(comparison, key.order);
		const index = { counts, parents: this.#tree.parents, order };
		const projection = { comparison, rules, index, rowCount: counts[0] };
		this.#last = { key, projection };
		return projection;
	}

	/** Compares ahead of time what is likely to be asked for next. */
	prepare(range: Range): void {
		this.#comparisons.prepare(range);
	}

	#rules({ folds, hideUnchanged, matches }: ProjectionKey, comparison: Comparison): RowRules {
		if (matches !== null) this.#marks ??= new Uint8Array(this.#tree.nodeCount);
		return { comparison, folds, hideUnchanged, marks: matches === null ? null : this.#marks };
	}

	#countRows({ matches, hideUnchanged }: ProjectionKey, rules: RowRules): void {
		if (matches !== null && rules.marks !== null) {
			markMatches({ comparison: rules.comparison, hideUnchanged, matches }, rules.marks);
		}
		countRows(rules, this.#buffers);
	}
}

/** Whether the same nodes have rows, given the same comparison. */
function selectsSameRows(left: ProjectionKey, right: ProjectionKey): boolean {
	return (
		left.hideUnchanged === right.hideUnchanged && left.folds === right.folds && left.matches === right.matches
	);
}
