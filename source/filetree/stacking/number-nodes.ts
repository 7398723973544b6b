import { discard } from '../../columns/grow.ts';
import type { StringColumn } from '../../tar/changeset.ts';
import { type NodeTable, ROOT } from './node-table.ts';

/** The nodes in their final order: preorder, siblings by the bytes of their names. */
export interface NodeOrder {
	/** The final number of each node of the table. */
	readonly numbers: Int32Array;
	readonly parents: Int32Array;
	readonly subtreeEnds: Uint32Array;
	readonly names: StringColumn;
}

/** Numbers the nodes of a table anew, so that a subtree is a range and a walk in node order is a walk in path order. */
export function numberNodes(table: NodeTable): NodeOrder {
	const { starts, children } = sortedChildren(table);
	const { count } = table;
	const numbers = new Int32Array(count);
	const parents = new Int32Array(count).fill(-1, 0, 1);
	const subtreeEnds = new Uint32Array(count);
	const nextChild = starts.slice();
	let number = 0;
	let node = ROOT;
	for (;;) {
		if (nextChild[node] < starts[node + 1]) {
			const child = children[nextChild[node]];
			nextChild[node] += 1;
			number += 1;
			numbers[child] = number;
			parents[number] = numbers[node];
			node = child;
			continue;
		}
		subtreeEnds[numbers[node]] = number + 1;
		if (node === ROOT) break;
		node = table.parents[node];
	}
	for (const column of [starts, children, nextChild]) discard(column);
	return { numbers, parents, subtreeEnds, names: namesInOrder(table, numbers) };
}

/** The children of node n are `children[starts[n], starts[n + 1])`. */
function sortedChildren(table: NodeTable): { starts: Uint32Array; children: Int32Array } {
	const { count, parents } = table;
	const starts = new Uint32Array(count + 1);
	for (let node = 1; node < count; node++) starts[parents[node] + 1] += 1;
	for (let node = 0; node < count; node++) starts[node + 1] += starts[node];
	const next = starts.slice();
	const children = new Int32Array(Math.max(0, count - 1));
	for (let node = 1; node < count; node++) {
		const parent = parents[node];
		children[next[parent]] = node;
		next[parent] += 1;
	}
	for (let node = 0; node < count; node++) {
		if (starts[node + 1] - starts[node] > 1)
			sortRange(table, children.subarray(starts[node], starts[node + 1]));
	}
	return { starts, children };
}

/** Most tars list names in order already: looking is much cheaper than sorting. */
function sortRange(table: NodeTable, siblings: Int32Array): void {
	for (let index = 1; index < siblings.length; index++) {
		if (compareNames(table, siblings[index - 1], siblings[index]) > 0) {
			siblings.sort((left, right) => compareNames(table, left, right));
			return;
		}
	}
}

function compareNames({ nameBytes, nameStarts }: NodeTable, left: number, right: number): number {
	const leftStart = nameStarts[left];
	const rightStart = nameStarts[right];
	const leftLength = nameStarts[left + 1] - leftStart;
	const rightLength = nameStarts[right + 1] - rightStart;
	const shared = Math.min(leftLength, rightLength);
	for (let index = 0; index < shared; index++) {
		const difference = nameBytes[leftStart + index] - nameBytes[rightStart + index];
		if (difference !== 0) return difference;
	}
	return leftLength - rightLength;
}

function namesInOrder({ count, nameBytes, nameStarts }: NodeTable, numbers: Int32Array): StringColumn {
	const nodes = new Int32Array(count);
	for (let node = 0; node < count; node++) nodes[numbers[node]] = node;
	const bytes = new Uint8Array(nameStarts[count]);
	const ends = new Uint32Array(count);
	let end = 0;
	for (let number = 0; number < count; number++) {
		const to = nameStarts[nodes[number] + 1];
		for (let index = nameStarts[nodes[number]]; index < to; index++) bytes[end++] = nameBytes[index];
		ends[number] = end;
	}
	discard(nodes);
	return { bytes, ends };
}
