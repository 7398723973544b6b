import { type ComparisonColumns, compareInSteps, newComparisonColumns } from '../../../filetree/compare.ts';
import { type Comparison, kindAt } from '../../../filetree/comparison.ts';
import { type FileTree, UNCHANGED } from '../../../filetree/file-tree.ts';
import type { PointSums } from '../../../filetree/sum-up-point.ts';
import type { Steps } from '../../../steps.ts';
import { childOrder } from './child-order.ts';
import { countRows, recountBelow, rowCountAt } from './count-rows.ts';
import { countWholeMatches } from './count-whole-matches.ts';
import { flatRows } from './flat-rows.ts';
import { onlyDifference } from './folds.ts';
import { markMatches } from './marks.ts';
import { type MatchColumns, newMatchColumns, sumMatches } from './match-sums.ts';
import { matchedOrder } from './matched-order.ts';
import { changedMatches, exactNodes } from './matches.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import { isOpen, type RowRules } from './row-rules.ts';
import type { RowIndex } from './row-window.ts';
import { countUnchanged } from './unchanged-count.ts';

interface Last {
	readonly key: ProjectionKey;
	readonly projection: Projection;
}

type CountedRows = Pick<Projection, 'rules' | 'sums' | 'matchCount'>;

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
	#sums: MatchColumns | null = null;
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
		const counted = hasSameRows ? last.projection : yield* this.#countRows(key, comparison, last);
		const index = key.isFlat
			? yield* this.#flatIndex(key, counted.rules)
			: this.#treeIndex(key, counted, this.#countsOfRows());
		const projection = { comparison, ...counted, index, rowCount: index.countAt(0) };
		this.#last = { key, projection };
		return projection;
	}

	*#flatIndex(key: ProjectionKey, rules: RowRules): Steps<RowIndex> {
		const flat = yield* flatRows(rules, key);
		return {
			countAt: (node) => (node === 0 ? flat.nodes.length : Number(flat.numberOf(node) !== undefined)),
			parents: this.#tree.parents,
			order: childOrder(rules.comparison, key),
			mayBeJoined: () => false,
			flat,
		};
	}

	#treeIndex(key: ProjectionKey, { rules, sums }: CountedRows, counts: Uint32Array): RowIndex {
		const { comparison } = rules;
		return {
			countAt: (node) => rowCountAt(rules, counts, node),
			parents: this.#tree.parents,
			order: rules.marks === null ? childOrder(comparison, key) : matchedOrder(rules, sums, key),
			mayBeJoined: (node) => rules.joins && kindAt(comparison, node) === UNCHANGED && isOpen(rules, node),
			flat: null,
		};
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
		const comparison = yield* compareInSteps(this.#tree, key.from, key.to, { near: known, columns });
		// The title says it, and it is hardly less work than to compare.
		if (key.hideUnchanged) yield* countUnchanged(comparison);
		this.#comparison = comparison;
		return comparison;
	}

	*#countRows(key: ProjectionKey, comparison: Comparison, last: Last | null): Steps<CountedRows> {
		const { folds, opening, hideUnchanged, joins, matches } = key;
		const counts = this.#countsOfRows();
		if (matches === null) {
			const rules: RowRules = { comparison, folds, opening, hideUnchanged, joins, marks: null };
			const counting = { rules, counts };
			const folded = last?.projection.comparison === comparison ? onlyFolded(last.key, key) : null;
			yield* folded === null ? countRows(counting) : recountBelow(counting, folded);
			return { rules, sums: comparison, matchCount: null };
		}
		this.#marks ??= new Uint8Array(this.#tree.nodeCount);
		const marks = this.#marks;
		const rules: RowRules = { comparison, folds, opening, hideUnchanged, joins, marks };
		const found = hideUnchanged ? changedMatches(matches) : matches;
		const nodes = folds.size === 0 && opening !== 'none' ? exactNodes(found) : null;
		if (nodes !== null) {
			const matchCount = yield* countWholeMatches({ rules, matches: nodes, counts, marks });
			return { rules, sums: yield* this.#sumMatches(comparison, marks), matchCount };
		}
		const matchCount = yield* markMatches(comparison, found, marks);
		yield* countRows({ rules, counts });
		return { rules, sums: yield* this.#sumMatches(comparison, marks), matchCount };
	}

	#sumMatches(comparison: Comparison, marks: Uint8Array): Steps<Comparison> {
		this.#sums ??= newMatchColumns(comparison);
		return sumMatches(comparison, { marks, columns: this.#sums });
	}
}

export function isSameKey(left: ProjectionKey, right: ProjectionKey): boolean {
	const isSameRange = left.from === right.from && left.to === right.to;
	const isSameOrder = left.order === right.order && left.isReversed === right.isReversed;
	return isSameRange && isSameOrder && left.isFlat === right.isFlat && selectsSameRows(left, right);
}

/** The directory that was opened or closed, if that is the only difference and there is no filter. */
function onlyFolded(before: ProjectionKey, after: ProjectionKey): number | null {
	if (before.hideUnchanged !== after.hideUnchanged || before.opening !== after.opening) return null;
	if (before.isFlat || before.joins !== after.joins || before.matches !== null || after.matches !== null)
		return null;
	return onlyDifference(before.folds, after.folds);
}

/** Whether the same nodes have rows, given the same comparison. */
function selectsSameRows(left: ProjectionKey, right: ProjectionKey): boolean {
	return (
		left.hideUnchanged === right.hideUnchanged &&
		left.folds === right.folds &&
		left.opening === right.opening &&
		left.joins === right.joins &&
		left.matches === right.matches
	);
}
