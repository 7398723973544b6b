import { discard } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { StringColumn } from '../../tar/changeset.ts';
import { type NodeTable, ROOT } from '../stacking/node-table.ts';
import { sortFew, sortMany } from '../stacking/order/sort-siblings.ts';

/** Nodes that take about a millisecond. */
const NODES_A_STEP = 16_384;
/** Folders with few children that take about a millisecond, and how many children those have at most. */
const FOLDERS_A_STEP = 1024;
const FEW = 64;

/** The nodes in their final order: preorder, siblings by the bytes of their names. */
export interface NodeOrder {
	/** The final number of each node of the table. */
	readonly numbers: Int32Array;
	readonly parents: Int32Array;
	readonly subtreeEnds: Uint32Array;
	readonly names: StringColumn;
}

/** Numbers the nodes of a table anew, so that a subtree is a range and a walk in node order is a walk in path order. */
export function* numberNodes(table: NodeTable): Steps<NodeOrder> {
	const { starts, children } = yield* sortedChildren(table);
	const { count } = table;
	const numbers = new Int32Array(count);
	const parents = new Int32Array(count).fill(-1, 0, 1);
	const subtreeEnds = new Uint32Array(count);
	const nextChild = starts.slice();
	let number = 0;
	let node = ROOT;
	for (let step = 1; ; step++) {
		if (step % NODES_A_STEP === 0) yield;
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
	const names = yield* namesInOrder(table, numbers);
	return { numbers, parents, subtreeEnds, names };
}

/** The children of node n are `children[starts[n], starts[n + 1])`. */
function* sortedChildren(table: NodeTable): Steps<{ starts: Uint32Array; children: Int32Array }> {
	const { count, parents } = table;
	const starts = new Uint32Array(count + 1);
	for (let node = 1; node < count; node++) starts[parents[node] + 1] += 1;
	for (let node = 0; node < count; node++) starts[node + 1] += starts[node];
	yield;
	const next = starts.slice();
	const children = new Int32Array(Math.max(0, count - 1));
	yield* inParts(count, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) {
			const parent = parents[node];
			children[next[parent]] = node;
			next[parent] += 1;
		}
	});
	discard(next);
	const large: number[] = [];
	yield* inParts(count, FOLDERS_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			const size = starts[node + 1] - starts[node];
			if (size > FEW) large.push(node);
			else if (size > 1) sortFew(table, children.subarray(starts[node], starts[node + 1]));
		}
	});
	for (const node of large) yield* sortMany(table, children.subarray(starts[node], starts[node + 1]));
	return { starts, children };
}

function* namesInOrder(
	{ count, nameBytes, nameStarts }: NodeTable,
	numbers: Int32Array,
): Steps<StringColumn> {
	const nodes = new Int32Array(count);
	for (let node = 0; node < count; node++) nodes[numbers[node]] = node;
	yield;
	const bytes = new Uint8Array(nameStarts[count]);
	const ends = new Uint32Array(count);
	yield* inParts(count, NODES_A_STEP, (first, last) => {
		let end = first === 0 ? 0 : ends[first - 1];
		for (let number = first; number < last; number++) {
			const to = nameStarts[nodes[number] + 1];
			for (let index = nameStarts[nodes[number]]; index < to; index++) bytes[end++] = nameBytes[index];
			ends[number] = end;
		}
	});
	discard(nodes);
	return { bytes, ends };
}
