import { type FileTree, UNCHANGED } from '../../../../filetree/file-tree.ts';
import type { RowFilter } from '../../../../filter/terms/row-filter.ts';
import { type Steps, sortInSteps } from '../../../../steps.ts';

/** What layers did to paths. */
export interface FoundChanges {
	/** The largest first. */
	readonly nodes: Int32Array;
	readonly changes: Int32Array;
	/** How many more there are, each no larger than any of these. */
	readonly leftOut: number;
	/** In how many layers there is one. */
	readonly layerCount: number;
}

/** More than anybody goes through. */
const MOST_ROWS = 20_000;
const CHANGES_A_STEP = 4096;

/** What any layer did to a path that passes a filter, paths that are gone included. */
export function* findChanges(tree: FileTree, filter: RowFilter): Steps<FoundChanges> {
	const { nodeCount, changeStarts, changeLayers, changeKindCodes, changeBytes } = tree;
	const largest = new LargestChanges();
	const layers = new Uint8Array(tree.layerCount);
	let looked = 0;
	for (let node = 1; node < nodeCount; node++) {
		const end = changeStarts[node + 1];
		for (let change = changeStarts[node]; change < end; change++) {
			if (changeKindCodes[change] <= UNCHANGED || !filter(node, change)) continue;
			layers[changeLayers[change]] = 1;
			largest.add(node, change, changeBytes[change]);
		}
		looked += end - changeStarts[node] + 1;
		if (looked < CHANGES_A_STEP) continue;
		looked = 0;
		yield;
	}
	const { nodes, changes, leftOut } = yield* largest.take();
	return { nodes, changes, leftOut, layerCount: layers.reduce((sum, has) => sum + has, 0) };
}

/** Keeps the largest of very many changes in bounded memory: whenever there are too many, the smaller half goes. */
class LargestChanges {
	readonly #nodes = new Int32Array(2 * MOST_ROWS);
	readonly #changes = new Int32Array(2 * MOST_ROWS);
	readonly #bytes = new Float64Array(2 * MOST_ROWS);
	#count = 0;
	#total = 0;
	/** Nothing smaller is among the largest. */
	#least = 0;

	add(node: number, change: number, bytes: number): void {
		this.#total += 1;
		if (bytes < this.#least) return;
		if (this.#count === this.#bytes.length) this.#dropSmaller();
		this.#nodes[this.#count] = node;
		this.#changes[this.#count] = change;
		this.#bytes[this.#count] = bytes;
		this.#count += 1;
	}

	*take(): Steps<Omit<FoundChanges, 'layerCount'>> {
		if (this.#count > MOST_ROWS) this.#dropSmaller();
		yield;
		const bytes = this.#bytes;
		const order = yield* sortInSteps(
			Array.from({ length: this.#count }, (_, index) => index),
			(left, right) => bytes[right] - bytes[left],
		);
		return {
			nodes: Int32Array.from(order, (index) => this.#nodes[index]),
			changes: Int32Array.from(order, (index) => this.#changes[index]),
			leftOut: this.#total - this.#count,
		};
	}

	/** Of equal ones the first stay. */
	#dropSmaller(): void {
		const least = this.#bytes.slice(0, this.#count).sort()[this.#count - MOST_ROWS];
		let [larger, kept] = [0, 0];
		for (let index = 0; index < this.#count; index++) if (this.#bytes[index] > least) larger += 1;
		let equal = MOST_ROWS - larger;
		for (let index = 0; index < this.#count; index++) {
			const bytes = this.#bytes[index];
			if (bytes < least || (bytes === least && equal-- <= 0)) continue;
			this.#nodes[kept] = this.#nodes[index];
			this.#changes[kept] = this.#changes[index];
			this.#bytes[kept] = bytes;
			kept += 1;
		}
		this.#count = kept;
		this.#least = least;
	}
}
