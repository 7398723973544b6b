import { sortColumn } from '../../columns/sort-column.ts';
import { contentBytesOf, describedBy } from '../../filetree/brought-by.ts';
import { modificationTimeOf } from '../../filetree/change-attributes.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY, UNCHANGED } from '../../filetree/file-tree.ts';
import { forEachChange } from '../../filetree/layer-changes.ts';
import { inParts, type Steps } from '../../steps.ts';

/** Paths that are listed, each with the change that it is described by. All arrays have `count` items. */
export interface FileRows {
	readonly count: number;
	readonly nodes: Uint32Array;
	/** What left the path as it is; for a change set, what the layer did to it. */
	readonly changes: Uint32Array;
}

/** Which paths are listed. */
export interface RowSelection {
	/** Subtrees that do not overlap, in ascending order; all paths for `[0]`. */
	readonly tops: readonly number[];
	readonly filter: (node: number, change: number) => boolean;
}

const NODES_A_STEP = 4096;

/** The paths that are there at a point of the stack, in the byte order of their components. */
export function* rowsAt(tree: FileTree, point: number, { tops, filter }: RowSelection): Steps<FileRows> {
	const rows = new RowList(tree.nodeCount);
	for (const top of tops) {
		const first = Math.max(1, top);
		yield* inParts(tree.subtreeEnds[top] - first, NODES_A_STEP, (from, to) => {
			for (let node = first + from; node < first + to; node++) {
				const change = changeBefore(tree, node, point);
				if (change < 0 || tree.changeEntries[change] === NO_ENTRY) continue;
				if (filter(node, change)) rows.add(node, change);
			}
		});
	}
	return rows.take();
}

/** What layers, 0-based, did to the paths: each layer's change set in the byte order of the components, one after the other. */
export function* changedRows(
	tree: FileTree,
	layers: readonly number[],
	{ tops, filter }: RowSelection,
): Steps<FileRows> {
	const rows = new RowList(layers.reduce((sum, layer) => sum + changeCount(tree, layer), 0));
	const isBelow = isBelowAny(tree, tops);
	for (const layer of layers) {
		const start = rows.count;
		yield* forEachChange(tree, layer, (node, change) => {
			if (node === 0 || tree.changeKindCodes[change] === UNCHANGED) return;
			if (isBelow(node) && filter(node, change)) rows.add(node, change);
		});
		rows.reverseFrom(start);
	}
	return rows.take();
}

/** In which order paths are listed. */
export const rowOrders = ['name', 'size', 'time', 'layer'] as const;
export type RowOrder = (typeof rowOrders)[number];

const ROWS_A_RUN = 2048;

/** The rows in another order: the largest first, the newest first, the lowest layer first. Equal ones stay as they were. */
export function* sortedRows(tree: FileTree, rows: FileRows, order: RowOrder): Steps<FileRows> {
	if (order === 'name') return rows;
	const { count } = rows;
	const keys = new Float64Array(count);
	const sorted = new Uint32Array(count);
	yield* inParts(count, NODES_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			keys[row] = keyOf(tree, rows.changes[row], order);
			sorted[row] = row;
		}
	});
	const compare = (left: number, right: number): number => keys[left] - keys[right] || left - right;
	yield* sortColumn(sorted, {
		runLength: ROWS_A_RUN,
		sortRun: (run) => void run.sort(compare),
		isInOrder: (left, right) => compare(left, right) <= 0,
	});
	const moved = { count, nodes: new Uint32Array(count), changes: new Uint32Array(count) };
	yield* inParts(count, NODES_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			moved.nodes[row] = rows.nodes[sorted[row]];
			moved.changes[row] = rows.changes[sorted[row]];
		}
	});
	return moved;
}

function keyOf(tree: FileTree, change: number, order: Exclude<RowOrder, 'name'>): number {
	if (order === 'layer') return tree.changeLayers[change];
	if (order === 'size') return -contentBytesOf(tree, change);
	const seconds = modificationTimeOf(tree, describedBy(tree, change)) ?? Number.NaN;
	return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : -seconds;
}

function changeCount({ layerChangeStarts }: FileTree, layer: number): number {
	return layerChangeStarts[layer + 1] - layerChangeStarts[layer];
}

function isBelowAny({ subtreeEnds }: FileTree, tops: readonly number[]): (node: number) => boolean {
	if (tops.includes(0)) return () => true;
	return (node) => tops.some((top) => node >= top && node < subtreeEnds[top]);
}

/** Rows as they are found, with room for all of them. */
class RowList {
	readonly #nodes: Uint32Array;
	readonly #changes: Uint32Array;
	count = 0;

	constructor(most: number) {
		this.#nodes = new Uint32Array(most);
		this.#changes = new Uint32Array(most);
	}

	add(node: number, change: number): void {
		this.#nodes[this.count] = node;
		this.#changes[this.count] = change;
		this.count += 1;
	}

	reverseFrom(start: number): void {
		this.#nodes.subarray(start, this.count).reverse();
		this.#changes.subarray(start, this.count).reverse();
	}

	take(): FileRows {
		const { count } = this;
		return { count, nodes: this.#nodes.subarray(0, count), changes: this.#changes.subarray(0, count) };
	}
}
