import { bytesAfterAt, type Comparison, deltaAt } from '../../../filetree/comparison.ts';
import { bytesAt, lostAt, shippedAt } from '../../../filetree/node-amounts.ts';
import { inParts, type Steps, sortInSteps } from '../../../steps.ts';

/**
 * `change` goes by the greater of what is shipped and what is lost, `size` counts what was removed as well, `new-size` what is there at the
 * second point alone, `delta` whichever way it goes.
 */
export type SortOrder = 'name' | 'change' | 'size' | 'delta' | 'new-size';

/** How siblings are sorted: by name, or else the largest first; or the other way round. */
export interface Sorting {
	readonly order: SortOrder;
	readonly isReversed: boolean;
}

/** Gives the children of a directory one after the other, then -1. */
export type NextChild = () => number;

/** The order of siblings in one comparison. */
export interface ChildOrder {
	readonly children: (directory: number) => NextChild;
}

export function childOrder(comparison: Comparison, { order, isReversed }: Sorting): ChildOrder {
	if (order === 'name' && !isReversed) return { children: (directory) => byName(comparison, directory) };
	const sorted = sortedIn(comparison, order);
	return {
		children(directory) {
			let nodes = sorted.get(directory);
			if (nodes === undefined) {
				nodes = sortedChildren(comparison, order, directory);
				sorted.set(directory, nodes);
			}
			return nextOf(nodes, isReversed);
		},
	};
}

/** The nodes one after the other, or the last one first. */
export function nextOf(nodes: Int32Array, isReversed: boolean): NextChild {
	return isReversed ? lastFirst(nodes) : firstFirst(nodes);
}

const sizes = {
	change: (comparison: Comparison, node: number) =>
		Math.max(shippedAt(comparison, node), lostAt(comparison, node)),
	size: bytesAt,
	'new-size': bytesAfterAt,
	delta: (comparison: Comparison, node: number) => Math.abs(deltaAt(comparison, node)),
} as const;

/** The sorted children of directories, for each comparison and order. A directory is sorted when it is first opened. */
const known = new WeakMap<Comparison, Map<SortOrder, Map<number, Int32Array>>>();

function sortedIn(comparison: Comparison, order: SortOrder): Map<number, Int32Array> {
	const orders = known.get(comparison) ?? new Map<SortOrder, Map<number, Int32Array>>();
	known.set(comparison, orders);
	const sorted = orders.get(order) ?? new Map<number, Int32Array>();
	orders.set(order, sorted);
	return sorted;
}

function byName({ tree }: Comparison, directory: number): NextChild {
	const end = tree.subtreeEnds[directory];
	let next = directory + 1;
	return () => {
		if (next >= end) return -1;
		const child = next;
		next = tree.subtreeEnds[child];
		return child;
	};
}

interface Child {
	readonly node: number;
	readonly bytes: number;
}

function sortedChildren(comparison: Comparison, order: SortOrder, directory: number): Int32Array {
	// Those of no bytes stay in their order, and a layer mostly leaves a directory as it is.
	const sized: Child[] = [];
	const others: number[] = [];
	for (const child of childrenWithSizes(comparison, order, directory)) {
		if (child.bytes === 0) others.push(child.node);
		else sized.push(child);
	}
	return Int32Array.from([...sized.sort(largestFirst).map(({ node }) => node), ...others]);
}

/** How large a node is by an order; 0 by name. */
export function sizeBy(comparison: Comparison, order: SortOrder, node: number): number {
	return order === 'name' ? 0 : sizes[order](comparison, node);
}

function* childrenWithSizes(
	comparison: Comparison,
	order: SortOrder,
	directory: number,
): Generator<Child, void, undefined> {
	const next = byName(comparison, directory);
	for (let node = next(); node !== -1; node = next()) yield { node, bytes: sizeBy(comparison, order, node) };
}

function largestFirst(left: Child, right: Child): number {
	return right.bytes - left.bytes || left.node - right.node;
}

const NODES_A_STEP = 4096;
/** Fewer children are sorted in less time than a step takes. */
const WORTH_PREPARING = 512;

/** Sorts ahead of time what would take longer than a key may: the directories with very many children. */
export function* prepareOrder(comparison: Comparison, order: SortOrder): Steps<void> {
	const sorted = sortedIn(comparison, order);
	for (const directory of yield* largeDirectories(comparison)) {
		if (sorted.has(directory)) continue;
		const children: Child[] = [];
		for (const child of childrenWithSizes(comparison, order, directory)) {
			children.push(child);
			if (children.length % NODES_A_STEP === 0) yield;
		}
		const ordered = yield* sortInSteps(children, largestFirst);
		sorted.set(
			directory,
			Int32Array.from(ordered, ({ node }) => node),
		);
		yield;
	}
}

function* largeDirectories({ tree: { nodeCount, parents } }: Comparison): Steps<readonly number[]> {
	const counts = new Uint32Array(nodeCount);
	const large: number[] = [];
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++)
			if (++counts[parents[node]] === WORTH_PREPARING) large.push(parents[node]);
	});
	return large;
}

function firstFirst(nodes: Int32Array): NextChild {
	let index = 0;
	return () => (index < nodes.length ? nodes[index++] : -1);
}

function lastFirst(nodes: Int32Array): NextChild {
	let index = nodes.length;
	return () => (index > 0 ? nodes[--index] : -1);
}
