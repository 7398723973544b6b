import { type NodeTable, ROOT } from '../node-table.ts';

const SLASH = 0x2f;
const END = -1;

/** Whether the path of one node comes before that of another in the order of their bytes. No path is put together for it. */
export function comesFirst(table: NodeTable, left: number, right: number): boolean {
	const { parents } = table;
	const leftDepth = depthOf(table, left);
	const rightDepth = depthOf(table, right);
	let [leftAt, rightAt] = [left, right];
	for (let depth = leftDepth; depth > rightDepth; depth--) leftAt = parents[leftAt];
	for (let depth = rightDepth; depth > leftDepth; depth--) rightAt = parents[rightAt];
	// One of them is the other, or below it.
	if (leftAt === rightAt) return leftDepth < rightDepth;
	while (parents[leftAt] !== parents[rightAt]) {
		leftAt = parents[leftAt];
		rightAt = parents[rightAt];
	}
	const leftEnd = leftAt === left ? END : SLASH;
	const rightEnd = rightAt === right ? END : SLASH;
	return comesNameFirst(table, { node: leftAt, end: leftEnd }, { node: rightAt, end: rightEnd });
}

function depthOf({ parents }: NodeTable, node: number): number {
	let depth = 0;
	for (let at = node; at !== ROOT; at = parents[at]) depth += 1;
	return depth;
}

/** A name and what follows it in the path. */
interface Component {
	readonly node: number;
	readonly end: typeof SLASH | typeof END;
}

function comesNameFirst(table: NodeTable, left: Component, right: Component): boolean {
	for (let index = 0; ; index++) {
		const leftByte = byteAt(table, left, index);
		const rightByte = byteAt(table, right, index);
		if (leftByte !== rightByte) return leftByte < rightByte;
	}
}

function byteAt(table: NodeTable, { node, end }: Component, index: number): number {
	const at = table.nameStarts[node] + index;
	return at < table.nameEnd(node) ? table.nameBytes[at] : end;
}
