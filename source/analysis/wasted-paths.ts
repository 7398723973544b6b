import { discard } from '../columns/grow.ts';
import { type FileTree, type WasteCause, type WasteColumns, wasteCauses } from '../filetree/file-tree.ts';
import type { WastedPath, WastedPaths } from './analysis.ts';

/** Gathers the dead inodes by the path that carried them: most bytes first, then in path order. */
export function findWastedPaths({ waste, nodeCount }: FileTree): WastedPaths {
	return new RankedPaths(waste, groupByNode(waste, nodeCount));
}

/** Dead inodes by node: group g is `indices[starts[g], starts[g + 1])`, in the order in which they died. */
interface WasteGroups {
	readonly starts: Uint32Array;
	readonly indices: Uint32Array;
}

function groupByNode({ count, nodes }: WasteColumns, nodeCount: number): WasteGroups {
	const next = new Uint32Array(nodeCount + 1);
	for (let index = 0; index < count; index++) next[nodes[index] + 1] += 1;
	const starts: number[] = [0];
	for (let node = 0; node < nodeCount; node++) {
		next[node + 1] += next[node];
		if (next[node + 1] > next[node]) starts.push(next[node + 1]);
	}
	const indices = new Uint32Array(count);
	for (let index = 0; index < count; index++) {
		indices[next[nodes[index]]] = index;
		next[nodes[index]] += 1;
	}
	discard(next);
	return { starts: Uint32Array.from(starts), indices };
}

/** A large image has a hundred thousand wasted paths, so each is put together only when it is looked at. */
class RankedPaths implements WastedPaths {
	readonly #waste: WasteColumns;
	readonly #groups: WasteGroups;
	/** Groups, the most wasteful first. */
	readonly #ranking: Uint32Array;
	readonly #bytes: Float64Array;

	constructor(waste: WasteColumns, groups: WasteGroups) {
		this.#waste = waste;
		this.#groups = groups;
		const count = groups.starts.length - 1;
		const bytes = Float64Array.from({ length: count }, (_, group) => sumOf(waste, groups, group));
		this.#bytes = bytes;
		this.#ranking = Uint32Array.from({ length: count }, (_, group) => group);
		// Groups are in path order, which decides between equals.
		this.#ranking.sort((left, right) => bytes[right] - bytes[left] || left - right);
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
		const own = indices.subarray(starts[group], starts[group + 1]);
		return {
			node: nodes[own[0]],
			bytes: this.#bytes[group],
			copies: own.length,
			causes: ascending(own, causes).map((cause): WasteCause => wasteCauses[cause]),
			shippedIn: ascending(own, layers),
			culprits: ascending(own, culprits),
		};
	}
}

function sumOf({ bytes }: WasteColumns, { starts, indices }: WasteGroups, group: number): number {
	let sum = 0;
	for (let place = starts[group]; place < starts[group + 1]; place++) sum += bytes[indices[place]];
	return sum;
}

/** The different values of a column at some places. */
function ascending(places: Uint32Array, column: Uint8Array | Uint16Array): readonly number[] {
	if (places.length === 1) return [column[places[0]]];
	return [...new Set(Array.from(places, (place) => column[place]))].sort((left, right) => left - right);
}
