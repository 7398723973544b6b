import type { ChildOrder, NextChild } from './child-order.ts';
import type { FlatRows } from './flat-rows.ts';

/** A row of the file tree on the screen. */
export interface Row {
	readonly node: number;
	/** For each directory above the row, outermost first, and then for the row itself: whether it is the last of its siblings. */
	readonly isLast: readonly boolean[];
}

/** What finding a row needs: the number of rows in each subtree, and the order of siblings. */
export interface RowIndex {
	/** How many rows a node and all below it have; 0 for a node without a row. Node 0 has none itself. */
	readonly countAt: (node: number) => number;
	readonly parents: Int32Array;
	readonly order: ChildOrder;
	/** Whether a directory may share the row of the only directory in it. */
	readonly mayBeJoined: (node: number) => boolean;
	/** The rows where they are no tree; null for a tree. */
	readonly flat: FlatRows | null;
}

interface Level {
	readonly next: NextChild;
	/** Rows below the directory of this level. */
	readonly total: number;
	readonly isLast: boolean;
	/** Whether the directory shares the row of the only one in it. */
	readonly isJoined: boolean;
	passed: number;
}

/** At most `length` rows, starting with number `start`. Subtrees before it are skipped as a whole. */
export function rowsAt(index: RowIndex, start: number, length: number): readonly Row[] {
	const { countAt, order, flat } = index;
	if (flat !== null)
		return Array.from(flat.nodes.subarray(start, start + length), (node) => ({ node, isLast: [true] }));
	const rows: Row[] = [];
	const levels: Level[] = [
		{ next: order.children(0), total: countAt(0), isLast: true, isJoined: false, passed: 0 },
	];
	let skip = start;
	while (levels.length > 0 && rows.length < length) {
		const level = levels[levels.length - 1];
		const node = level.next();
		if (node === -1) {
			levels.pop();
			continue;
		}
		const count = countAt(node);
		level.passed += count;
		if (count === 0 || skip >= count) {
			skip -= count;
			continue;
		}
		const isLast = level.isJoined ? level.isLast : level.passed === level.total;
		const isJoined = joinedTo(index, node) !== null;
		if (!isJoined) {
			if (skip > 0) skip -= 1;
			else rows.push({ node, isLast: [...lastAbove(levels), isLast] });
		}
		const total = isJoined ? count : count - 1;
		if (total > 0) levels.push({ next: order.children(node), total, isLast, isJoined, passed: 0 });
	}
	return rows;
}

function lastAbove(levels: readonly Level[]): readonly boolean[] {
	return levels
		.slice(1)
		.filter(({ isJoined }) => !isJoined)
		.map(({ isLast }) => isLast);
}

/** The only directory in a directory, of which it shares the row; null for a directory with a row of its own. */
export function joinedTo({ countAt, order, mayBeJoined }: RowIndex, node: number): number | null {
	if (!mayBeJoined(node)) return null;
	const next = order.children(node);
	let child = next();
	while (child !== -1 && countAt(child) === 0) child = next();
	return child !== -1 && countAt(child) === countAt(node) ? child : null;
}

/** The node whose row a node with rows has: its own one, or that of the directory in it. */
export function rowNodeOf(index: RowIndex, node: number): number {
	let current = node;
	for (let only = joinedTo(index, node); only !== null; only = joinedTo(index, only)) current = only;
	return current;
}

/** The nearest directory above the row of a node that has another row; 0 for none. */
export function rowAbove({ countAt, parents }: RowIndex, node: number): number {
	let current = node;
	while (parents[current] > 0 && countAt(parents[current]) === countAt(current)) current = parents[current];
	return Math.max(0, parents[current]);
}

/** The number of the row of a node that has one. */
export function rowNumberOf({ countAt, parents, order, flat }: RowIndex, node: number): number {
	if (flat !== null) return flat.numberOf(node) ?? 0;
	let number = 0;
	for (let current = node; current > 0; current = parents[current]) {
		const next = order.children(parents[current]);
		for (let sibling = next(); sibling !== current; sibling = next()) number += countAt(sibling);
		const isJoined = countAt(current) === countAt(parents[current]);
		if (parents[current] > 0 && !isJoined) number += 1;
	}
	return number;
}
