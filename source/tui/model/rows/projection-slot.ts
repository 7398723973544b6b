import { type ComparisonColumns, compareInSteps, newComparisonColumns } from '../../../filetree/compare.ts';
import { type Comparison, changedCountAt } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import type { PointSums } from '../../../filetree/sum-up-point.ts';
import type { Steps } from '../../../steps.ts';
import { childOrder } from './child-order.ts';
import { countRows, recountBelow, rowCountAt } from './count-rows.ts';
import { countWholeMatches } from './count-whole-matches.ts';
import { onlyDifference } from './folds.ts';
import { markMatches } from './marks.ts';
import { exactNodes, type NodeTest, narrowed } from './matches.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import type { RowRules } from './row-rules.ts';

interface Last {
	readonly key: ProjectionKey;
	readonly projection: Projection;
}

interface SlotOptions {
	/** Of a tree with as many nodes; it gives up its columns and must not be used afterwards. */
	readonly reuse?: ProjectionSlot | undefined;
	/** One that is made already, and is not written over. */
	readonly comparison?: Comparison | undefined;
}

/** Computes projections one after the other. Each overwrites the columns of the one before. */
export class ProjectionSlot {
	readonly #tree: FileTree;
	/** null until they are needed: an image is first shown when memory is at its peak, and that takes only one slot. */
	#columns: ComparisonColumns | null = null;
	#counts: Uint32Array | null = null;
	#marks: Uint8Array | null = null;
	/** null while the columns are being written. */
	#comparison: Comparison | null;
	/** null while rows are being counted. */
	#last: Last | null = null;

	constructor(tree: FileTree, { reuse, comparison }: SlotOptions) {
		this.#tree = tree;
		this.#comparison = comparison ?? null;
		if (reuse === undefined) return;
		if (reuse.#tree.parents === tree.parents) this.#columns = reuse.#columns;
		this.#counts = reuse.#counts;
		this.#marks = reuse.#marks;
	}

	/** Whether these two points have been compared here. */
	holds({ from, to }: ProjectionKey): boolean {
		return this.#comparison?.from === from && this.#comparison.to === to;
	}

	/** The last projection, if it is the one for this key. */
	ready(key: ProjectionKey): Projection | null {
		const last = this.#last;
		return last !== null && isSameKey(last.key, key) ? last.projection : null;
	}

	/** The sums that are known until the next projection begins. */
	get pointSums(): readonly PointSums[] {
		const comparison = this.#comparison;
		return comparison === null ? [] : [{ point: comparison.to, sums: comparison.present }];
	}

	/** Computes the rows for a key, and reuses what the last projection has in common with it. `near`: other sums that are known. */
	*project(key: ProjectionKey, near: readonly PointSums[]): Steps<Projection> {
		const comparison = yield* this.#compare(key, near);
		const last = this.#last;
		this.#last = null;
		const hasSameRows = last?.projection.comparison === comparison && selectsSameRows(last.key, key);
		const rules = hasSameRows ? last.projection.rules : yield* this.#countRows(key, comparison, last);
		const counts = this.#countsOfRows();
		const index = {
			countAt: (node: number) => rowCountAt(rules, counts, node),
			parents: this.#tree.parents,
			order: childOrder(comparison, key),
		};
		const projection = { comparison, rules, index, rowCount: counts[0] };
		this.#last = { key, projection };
		return projection;
	}

	#countsOfRows(): Uint32Array {
		this.#counts ??= new Uint32Array(this.#tree.nodeCount);
		return this.#counts;
	}

	*#compare(key: ProjectionKey, near: readonly PointSums[]): Steps<Comparison> {
		if (this.#comparison !== null && this.holds(key)) return this.#comparison;
		const known = [...near, ...this.pointSums];
		this.#comparison = null;
		this.#last = null;
		this.#columns ??= newComparisonColumns(this.#tree);
		const columns = this.#columns;
		yield;
		this.#comparison = yield* compareInSteps(this.#tree, key.from, key.to, { near: known, columns });
		return this.#comparison;
	}

	*#countRows(key: ProjectionKey, comparison: Comparison, last: Last | null): Steps<RowRules> {
		const { folds, hideUnchanged, matches } = key;
		const counts = this.#countsOfRows();
		if (matches === null) {
			const rules: RowRules = { comparison, folds, hideUnchanged, marks: null };
			const counting = { rules, counts };
			const folded = last?.projection.comparison === comparison ? onlyFolded(last.key, key) : null;
			yield* folded === null ? countRows(counting) : recountBelow(counting, folded);
			return rules;
		}
		this.#marks ??= new Uint8Array(this.#tree.nodeCount);
		const marks = this.#marks;
		const rules: RowRules = { comparison, folds, hideUnchanged, marks };
		const found = hideUnchanged ? narrowed(matches, hasChanges) : matches;
		const nodes = folds.size === 0 ? exactNodes(found) : null;
		if (nodes !== null) {
			yield* countWholeMatches({ comparison, matches: nodes, counts, marks });
		} else {
			yield* markMatches(comparison, found, marks);
			yield* countRows({ rules, counts });
		}
		return rules;
	}
}

const hasChanges: NodeTest = (comparison, node) => changedCountAt(comparison, node) > 0;

export function isSameKey(left: ProjectionKey, right: ProjectionKey): boolean {
	const isSameRange = left.from === right.from && left.to === right.to;
	const isSameOrder = left.order === right.order && left.isReversed === right.isReversed;
	return isSameRange && isSameOrder && selectsSameRows(left, right);
}

/** The directory that was opened or closed, if that is the only difference and there is no filter. */
function onlyFolded(before: ProjectionKey, after: ProjectionKey): number | null {
	if (before.hideUnchanged !== after.hideUnchanged || before.matches !== null || after.matches !== null)
		return null;
	return onlyDifference(before.folds, after.folds);
}

/** Whether the same nodes have rows, given the same comparison. */
function selectsSameRows(left: ProjectionKey, right: ProjectionKey): boolean {
	return (
		left.hideUnchanged === right.hideUnchanged && left.folds === right.folds && left.matches === right.matches
	);
}
