import { compare } from '../../../filetree/compare.ts';
import type { Comparison } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { type ChildOrder, createChildOrder, type SortOrder } from './child-order.ts';
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
	readonly #buffers: RowBuffers;
	#marks: Uint8Array | null = null;
	#key: ProjectionKey | null = null;
	#comparison: Comparison | null = null;
	#order: ChildOrder | null = null;
	#projection: Projection | null = null;

	constructor(tree: FileTree) {
		this.#tree = tree;
		this.#buffers = createRowBuffers(tree.nodeCount);
	}

	project(key: ProjectionKey): Projection {
		const last = this.#key;
		if (this.#projection !== null && last !== null && sameKey(last, key)) return this.#projection;
		const comparison = this.#compare(key, last);
		const order =
			this.#order !== null && this.#comparison === comparison && last?.order === key.order
				? this.#order
				: createChildOrder(comparison, key.order);
		const rules: RowRules = {
			comparison,
			folds: key.folds,
			hideUnchanged: key.hideUnchanged,
			marks: this.#mark(key, comparison),
		};
		countRows(rules, this.#buffers);
		const { counts } = this.#buffers;
		this.#key = key;
		this.#comparison = comparison;
		this.#order = order;
		this.#projection = {
			comparison,
			rules,
			index: { counts, parents: this.#tree.parents, order },
			rowCount: counts[0],
		};
		return this.#projection;
	}

	#compare({ from, to }: ProjectionKey, last: ProjectionKey | null): Comparison {
		if (this.#comparison !== null && last?.from === from && last.to === to) return this.#comparison;
		return compare(this.#tree, from, to, this.#comparison ?? undefined);
	}

	#mark({ matches, hideUnchanged }: ProjectionKey, comparison: Comparison): Uint8Array | null {
		if (matches === null) return null;
		this.#marks ??= new Uint8Array(this.#tree.nodeCount);
		markMatches({ comparison, hideUnchanged, matches }, this.#marks);
		return this.#marks;
	}
}

function sameKey(left: ProjectionKey, right: ProjectionKey): boolean {
	return (
		left.from === right.from &&
		left.to === right.to &&
		left.order === right.order &&
		left.hideUnchanged === right.hideUnchanged &&
		left.folds === right.folds &&
		left.matches === right.matches
	);
}
