import type { ChildOrder, NextChild } from './child-order.ts';

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
}

interface Level {
	readonly next: NextChild;
	/** Rows below the directory of this level. */
	readonly total: number;
	readonly isLast: boolean;
	passed: number;
}

/** At most `length` rows, starting with number `start`. Subtrees before it are skipped as a whole. */
export function rowsAt({ countAt, order }: RowIndex, start: number, length: number): readonly Row[] {
	const rows: Row[] = [];
	const levels: Level[] = [{ next: order.children(0), total: countAt(0), isLast: true, passed: 0 }];
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
		const isLast = level.passed === level.total;
		if (skip > 0) skip -= 1;
		else rows.push({ node, isLast: [...levels.slice(1).map((above) => above.isLast), isLast] });
		if (count > 1) levels.push({ next: order.children(node), total: count - 1, isLast, passed: 0 });
	}
	return rows;
}

/** The number of the row of a node that has one. */
export function rowNumberOf({ countAt, parents, order }: RowIndex, node: number): number {
	let number = 0;
	for (let current = node; current > 0; current = parents[current]) {
		const next = order.children(parents[current]);
		for (let sibling = next(); sibling !== current; sibling = next()) number += countAt(sibling);
		if (parents[current] > 0) number += 1;
	}
	return number;
}
