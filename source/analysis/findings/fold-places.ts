import { sortColumn } from '../../columns/sort-column.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { Units } from './claimed-units.ts';
import type { Place } from './finding.ts';

/** More corners of an image than anybody looks at: a hostile one has millions, of which the largest are kept. */
export const MOST_PLACES = 10_000;
/** A folder of the root says nothing: what is in it is named. */
const LEAST_DEPTH = 2;
const UNITS_A_STEP = 8192;
const KEYS_A_STEP = 65_536;

/** The deepest folders below the folders of the root that cover some files, or the files themselves; most bytes first. */
export function* foldPlaces(tree: FileTree, units: Units): Steps<readonly Place[]> {
	const ordered = yield* inPathOrder(units);
	const nodeAt = (rank: number): number => units.nodeAt(ordered[rank]);
	const places: Place[] = [];
	for (let from = 0; from < ordered.length; ) {
		const top = topOf(tree, nodeAt(from));
		let to = from;
		let bytes = 0;
		while (to < ordered.length && nodeAt(to) < tree.subtreeEnds[top]) {
			bytes += units.bytesAt(ordered[to]);
			to += 1;
			if (to % UNITS_A_STEP === 0) yield;
		}
		places.push({ node: commonFolder(tree, nodeAt(from), nodeAt(to - 1)), files: to - from, bytes });
		from = to;
	}
	return places
		.sort((left, right) => right.bytes - left.bytes || left.node - right.node)
		.slice(0, MOST_PLACES);
}

/** The positions of the units by their nodes. */
function* inPathOrder(units: Units): Steps<Uint32Array> {
	const { count } = units;
	const keys = new Float64Array(count);
	// Nodes and units are limited to some millions, so that the products are exact.
	yield* inParts(count, UNITS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) keys[index] = units.nodeAt(index) * count + index;
	});
	yield* sortColumn(keys, {
		runLength: KEYS_A_STEP,
		sortRun: (run) => run.sort(),
		isInOrder: (left, right) => left <= right,
	});
	const order = new Uint32Array(count);
	yield* inParts(count, UNITS_A_STEP, (from, to) => {
		for (let rank = from; rank < to; rank++) order[rank] = keys[rank] % count;
	});
	return order;
}

/** The node on the way to a node that is as deep as a place has to be, or the node itself. */
function topOf({ parents }: FileTree, node: number): number {
	const way: number[] = [];
	for (let current = node; current > 0; current = parents[current]) way.push(current);
	return way[Math.max(0, way.length - LEAST_DEPTH)] ?? node;
}

/** The deepest node that both are or are below; the first is before the last in preorder, so that all between are below it as well. */
function commonFolder({ parents, subtreeEnds }: FileTree, first: number, last: number): number {
	let node = first;
	while (last >= subtreeEnds[node] && node > 0) node = parents[node];
	return node;
}
