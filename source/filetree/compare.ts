import { finish, type Steps } from '../steps.ts';
import type { Comparison } from './comparison.ts';
import type { FileTree } from './file-tree.ts';
import { innerNodesOf } from './inner-nodes.ts';
import { countShippedOfAll } from './inodes/count-once.ts';
import { inodesOf } from './inodes/find-inodes.ts';
import { clearSums, newSubtreeSums, type SubtreeSums } from './subtree-sums.ts';
import { sumUpChanges } from './sum-up-changes.ts';
import { type PointSums, sumUpPoint } from './sum-up-point.ts';

export interface ComparingOptions {
	/** What is known of the same tree: the nearer one of these points is to the second one compared, the less there is to do. */
	readonly near?: readonly PointSums[];
	/** Where the result goes; a comparison that it held before must not be used any more. */
	readonly columns?: ComparisonColumns;
	/** Whether `before` is added up as well. */
	readonly withBefore?: boolean;
}

/** Room for one comparison of a tree after the other. */
export interface ComparisonColumns {
	readonly present: SubtreeSums;
	readonly past: SubtreeSums & { readonly shipped: Float64Array };
}

export function newComparisonColumns(tree: FileTree): ComparisonColumns {
	const { count } = innerNodesOf(tree);
	const past = { ...newSubtreeSums(count), shipped: new Float64Array(count) };
	return { present: newSubtreeSums(count), past };
}

/**
 * Compares two points of the stack. The time grows with what the layers change that lie between the second point and the nearest one
 * known, and between the two. Throws `RangeError` unless `0 <= from <= to <= tree.layerCount`.
 */
export function compare(tree: FileTree, from: number, to: number, options?: ComparingOptions): Comparison {
	return finish(compareInSteps(tree, from, to, options));
}

/** The same piece by piece. */
export function* compareInSteps(
	tree: FileTree,
	from: number,
	to: number,
	{ near = [], columns = newComparisonColumns(tree), withBefore = false }: ComparingOptions = {},
): Steps<Comparison> {
	if (!(from >= 0 && from <= to && to <= tree.layerCount)) {
		throw new RangeError(`Expected 0 <= from <= to <= ${tree.layerCount}, got ${from} and ${to}.`);
	}
	const { present } = columns;
	const past = from === 0 ? null : columns.past;
	yield* sumUpPoint(tree, to, { near, into: present });
	if (past !== null) yield* sumUpChanges(tree, { from, to, into: past });
	const inodes = yield* inodesOf(tree);
	const shipped = past?.shipped ?? (inodes.count === 0 ? present.bytes : yield* shipAll(tree, to, columns));
	const before = withBefore ? yield* sumUpBytes(tree, from, near) : null;
	return { tree, from, to, innerNumbers: innerNodesOf(tree).numbers, inodes, present, past, shipped, before };
}

/** What ships all that is there: only hard links ship nothing. */
function* shipAll(tree: FileTree, to: number, { present, past }: ComparisonColumns): Steps<Float64Array> {
	yield* clearSums(past);
	past.shipped.set(present.bytes);
	yield;
	yield* countShippedOfAll(tree, to, past);
	return past.shipped;
}

function* sumUpBytes(tree: FileTree, point: number, near: readonly PointSums[]): Steps<Float64Array> {
	const sums = newSubtreeSums(innerNodesOf(tree).count);
	yield* sumUpPoint(tree, point, { near, into: sums });
	return sums.bytes;
}
