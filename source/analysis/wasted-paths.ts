import { type FileTree, type WasteCause, type WasteColumns, wasteCauses } from '../filetree/file-tree.ts';
import type { WastedPath } from './analysis.ts';

/** Gathers the dead inodes by the path that carried them: most bytes first, then in path order. */
export function findWastedPaths({ waste, nodeCount }: FileTree): readonly WastedPath[] {
	const { starts, indices } = byNode(waste, nodeCount);
	const lists = new SharedLists();
	const paths: WastedPath[] = [];
	for (let node = 0; node < nodeCount; node++) {
		if (starts[node] < starts[node + 1]) {
			paths.push(gather(waste, indices.subarray(starts[node], starts[node + 1]), lists));
		}
	}
	return paths.sort((left, right) => right.bytes - left.bytes || left.node - right.node);
}

/** The dead inodes of node n are `indices[starts[n], starts[n + 1])`, in the order in which they died. */
function byNode(
	{ count, nodes }: WasteColumns,
	nodeCount: number,
): { starts: Uint32Array; indices: Uint32Array } {
	const starts = new Uint32Array(nodeCount + 1);
	for (let index = 0; index < count; index++) starts[nodes[index] + 1] += 1;
	for (let node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
	const next = starts.slice();
	const indices = new Uint32Array(count);
	for (let index = 0; index < count; index++) {
		indices[next[nodes[index]]] = index;
		next[nodes[index]] += 1;
	}
	return { starts, indices };
}

function gather(waste: WasteColumns, indices: Uint32Array, lists: SharedLists): WastedPath {
	let bytes = 0;
	const causes: number[] = [];
	const shippedIn: number[] = [];
	const culprits: number[] = [];
	for (const index of indices) {
		bytes += waste.bytes[index];
		addOnce(causes, waste.causes[index]);
		addOnce(shippedIn, waste.layers[index]);
		addOnce(culprits, waste.culprits[index]);
	}
	return {
		node: waste.nodes[indices[0]],
		bytes,
		copies: indices.length,
		causes: lists.causes(causes),
		shippedIn: lists.layers(shippedIn),
		culprits: lists.layers(culprits),
	};
}

function addOnce(numbers: number[], number: number): void {
	if (!numbers.includes(number)) numbers.push(number);
}

/** A hundred thousand wasted paths have few different lists among them, so each list exists once. */
class SharedLists {
	readonly #layers = new Map<string, readonly number[]>();
	readonly #causes = new Map<string, readonly WasteCause[]>();

	layers(numbers: number[]): readonly number[] {
		const key = numbers.sort((left, right) => left - right).join();
		const known = this.#layers.get(key) ?? numbers;
		this.#layers.set(key, known);
		return known;
	}

	causes(numbers: number[]): readonly WasteCause[] {
		const key = numbers.sort().join();
		const known = this.#causes.get(key) ?? numbers.map((number) => wasteCauses[number]);
		this.#causes.set(key, known);
		return known;
	}
}
