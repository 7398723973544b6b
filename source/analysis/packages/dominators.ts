import { inParts, type Steps } from '../../steps.ts';

const NONE = -1;
/** A node may have thousands of neighbours, but a graph has no more than some for each. */
const NODES_A_STEP = 512;
const SIMPLE_NODES_A_STEP = 16 * 1024;

/**
 * The immediate dominator of each node of a graph whose roots are the nodes that no other one points to: the one node through which all ways
 * to it lead last. -1 for a root, and where ways share none. Of nodes that only point to each other the first counts as a root.
 * (Lengauer and Tarjan, "A fast algorithm for finding dominators in a flowgraph", 1979, the simple version.)
 */
export function* dominatorsOf(
	pointsTo: readonly (readonly number[])[],
	pointedToBy: readonly (readonly number[])[],
): Steps<Int32Array> {
	const graph = yield* numberDepthFirst(pointsTo, pointedToBy);
	const { order, numbers, parents } = graph;
	const count = order.length;
	const forest = new Forest(parents, count);
	const dominators = new Int32Array(count).fill(NONE);
	/** Few vertices have one at any time. */
	const buckets = new Map<number, number[]>();
	for (let vertex = count - 1; vertex >= 1; vertex--) {
		if (vertex % NODES_A_STEP === 0) yield;
		for (const before of graph.predecessorsOf(vertex))
			forest.lower(vertex, forest.semi[forest.evaluate(before)]);
		const bucket = buckets.get(forest.semi[vertex]);
		if (bucket) bucket.push(vertex);
		else buckets.set(forest.semi[vertex], [vertex]);
		const parent = parents[vertex];
		forest.link(parent, vertex);
		for (const each of buckets.get(parent) ?? []) {
			const best = forest.evaluate(each);
			dominators[each] = forest.semi[best] < forest.semi[each] ? best : parent;
		}
		buckets.delete(parent);
	}
	yield* inParts(count, SIMPLE_NODES_A_STEP, (from, to) => {
		for (let vertex = Math.max(from, 1); vertex < to; vertex++)
			if (dominators[vertex] !== forest.semi[vertex]) dominators[vertex] = dominators[dominators[vertex]];
	});
	// Vertex 0 is in front of all roots, and no node of the graph.
	return Int32Array.from(numbers, (vertex) => order[dominators[vertex]] ?? NONE);
}

interface NumberedGraph {
	/** The node of each vertex; `NONE` for vertex 0, which points to the roots. */
	readonly order: Int32Array;
	/** The vertex of each node. */
	readonly numbers: Int32Array;
	/** In the tree of the search. */
	readonly parents: Int32Array;
	readonly predecessorsOf: (vertex: number) => Iterable<number>;
}

function* numberDepthFirst(
	pointsTo: readonly (readonly number[])[],
	pointedToBy: readonly (readonly number[])[],
): Steps<NumberedGraph> {
	const nodeCount = pointsTo.length;
	const order = new Int32Array(nodeCount + 1).fill(NONE);
	const numbers = new Int32Array(nodeCount);
	const parents = new Int32Array(nodeCount + 1).fill(NONE);
	const roots = new Set<number>();
	let count = 1;
	let visited = 0;
	const begins = (node: number): boolean => {
		if (numbers[node] !== 0) return false;
		roots.add(node);
		return true;
	};
	// The natural roots first, and then what only points to each other.
	for (let candidate = 0; candidate < 2 * nodeCount; candidate++) {
		if (candidate % SIMPLE_NODES_A_STEP === 0) yield;
		const root = candidate % nodeCount;
		const isNatural = pointedToBy[root].length === 0;
		if ((candidate < nodeCount && !isNatural) || !begins(root)) continue;
		const stack: { readonly node: number; next: number }[] = [];
		const enter = (node: number, parent: number): void => {
			numbers[node] = count;
			order[count] = node;
			parents[count] = parent;
			count += 1;
			stack.push({ node, next: 0 });
		};
		enter(root, 0);
		for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
			const next = pointsTo[top.node][top.next++];
			if (next === undefined) stack.pop();
			else if (numbers[next] === 0) enter(next, numbers[top.node]);
			// The way back from a chain of many is as long as the way there.
			if (++visited % NODES_A_STEP === 0) yield;
		}
	}
	return {
		order,
		numbers,
		parents,
		*predecessorsOf(vertex) {
			const node = order[vertex];
			for (const before of pointedToBy[node]) yield numbers[before];
			if (roots.has(node)) yield 0;
		},
	};
}

/** The forest of vertices that were looked at, with compressed paths. */
class Forest {
	readonly semi: Int32Array;
	readonly #ancestors: Int32Array;
	readonly #labels: Int32Array;

	constructor(parents: Int32Array, count: number) {
		this.semi = new Int32Array(count).map((_, vertex) => vertex);
		this.#labels = this.semi.slice();
		this.#ancestors = new Int32Array(parents.length).fill(NONE);
	}

	lower(vertex: number, semi: number): void {
		if (semi < this.semi[vertex]) this.semi[vertex] = semi;
	}

	link(parent: number, vertex: number): void {
		this.#ancestors[vertex] = parent;
	}

	/** The vertex with the least semidominator on the way from a vertex up to, and without, the root of its tree. */
	evaluate(vertex: number): number {
		if (this.#ancestors[vertex] === NONE) return vertex;
		this.#compress(vertex);
		return this.#labels[vertex];
	}

	#compress(vertex: number): void {
		const path: number[] = [];
		for (let each = vertex; this.#ancestors[this.#ancestors[each]] !== NONE; each = this.#ancestors[each]) {
			path.push(each);
		}
		for (const each of path.reverse()) {
			const ancestor = this.#ancestors[each];
			if (this.semi[this.#labels[ancestor]] < this.semi[this.#labels[each]])
				this.#labels[each] = this.#labels[ancestor];
			this.#ancestors[each] = this.#ancestors[ancestor];
		}
	}
}
