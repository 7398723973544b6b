import { discard, trimmed } from '../columns/grow.ts';
import { type FileTree, type WasteCause, type WasteColumns, wasteCauses } from '../filetree/file-tree.ts';
import { inParts, type Steps } from '../steps.ts';
import type { WastedPath, WastedPaths } from './figures.ts';
import { largestFirst } from './largest-first.ts';

/** Dead inodes or paths that take about a millisecond. */
const ITEMS_A_STEP = 8192;

/** Gathers the dead inodes by the path that carried them: most bytes first, then in path order. */
export function* findWastedPaths({ waste, nodeCount }: FileTree): Steps<WastedPaths> {
	const groups = yield* groupByNode(waste, nodeCount);
	const bytes = new Float64Array(groups.starts.length - 1);
	yield* inParts(bytes.length, ITEMS_A_STEP, (from, to) => {
		for (let group = from; group < to; group++) bytes[group] = bytesOf(waste, groups, group);
	});
	// Groups are in path order, which decides between equals.
	const ranking = yield* largestFirst(bytes);
	return new RankedPaths({ waste, groups, bytes, ranking });
}

/** Dead inodes by node: group g is `indices[starts[g], starts[g + 1])`, in the order in which they died. */
interface WasteGroups {
	readonly starts: Uint32Array;
	readonly indices: Uint32Array;
}

function* groupByNode({ count, nodes }: WasteColumns, nodeCount: number): Steps<WasteGroups> {
	const next = new Uint32Array(nodeCount + 1);
	for (let index = 0; index < count; index++) next[nodes[index] + 1] += 1;
	yield;
	const starts = new Uint32Array(count + 1);
	let groups = 0;
	for (let node = 0; node < nodeCount; node++) {
		next[node + 1] += next[node];
		if (next[node + 1] > next[node]) starts[++groups] = next[node + 1];
	}
	const indices = new Uint32Array(count);
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			indices[next[nodes[index]]] = index;
			next[nodes[index]] += 1;
		}
	});
	discard(next);
	return { starts: trimmed(starts, groups + 1), indices };
}

interface RankedGroups {
	readonly waste: WasteColumns;
	readonly groups: WasteGroups;
	/** Of each group. */
	readonly bytes: Float64Array;
	/** Groups, the most wasteful first. */
	readonly ranking: Uint32Array;
}

/** A large image has a hundred thousand wasted paths, so each is put together only when it is looked at. */
class RankedPaths implements WastedPaths {
	readonly #waste: WasteColumns;
	readonly #groups: WasteGroups;
	/** Groups, the most wasteful first. */
	readonly #ranking: Uint32Array;
	readonly #bytes: Float64Array;

	constructor({ waste, groups, bytes, ranking }: RankedGroups) {
		this.#waste = waste;
		this.#groups = groups;
		this.#bytes = bytes;
		this.#ranking = ranking;
	}

	get length(): number {
		return this.#ranking.length;
	}

	slice(start: number, end: number): readonly WastedPath[] {
		return Array.from(this.#ranking.subarray(start, end), (group) => this.#describe(group));
	}

	*[Symbol.iterator](): Generator<WastedPath> {
		for (const group of this.#ranking) yield this.#describe(group);
	}

	#describe(group: number): WastedPath {
		const { nodes, causes, layers, culprits } = this.#waste;
		const { starts, indices } = this.#groups;
		const first = indices[starts[group]];
		const bytes = this.#bytes[group];
		const copies = starts[group + 1] - starts[group];
		if (copies === 1) {
			return {
				node: nodes[first],
				bytes,
				copies,
				causes: [wasteCauses[causes[first]]],
				shippedIn: [layers[first]],
				culprits: [culprits[first]],
			};
		}
		const own = indices.subarray(starts[group], starts[group + 1]);
		return {
			node: nodes[first],
			bytes,
			copies,
			causes: ascending(own, causes).map((cause): WasteCause => wasteCauses[cause]),
			shippedIn: ascending(own, layers),
			culprits: ascending(own, culprits),
		};
	}
}

function bytesOf({ bytes }: WasteColumns, { starts, indices }: WasteGroups, group: number): number {
	let sum = 0;
	for (let index = starts[group]; index < starts[group + 1]; index++) sum += bytes[indices[index]];
	return sum;
}

/** The different values of a column at some indices. Inodes die in the order of the layers, so that most come sorted. */
function ascending(indices: Uint32Array, column: Uint8Array | Uint16Array): readonly number[] {
	const values: number[] = [];
	let isSorted = true;
	for (let index = 0; index < indices.length; index++) {
		const value = column[indices[index]];
		const last = values.at(-1) ?? -1;
		if (value !== last) values.push(value);
		isSorted &&= value >= last;
	}
	return isSorted ? values : [...new Set(values)].sort((left, right) => left - right);
}
