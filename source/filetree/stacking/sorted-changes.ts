import { discard } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { RawChanges } from './raw-changes.ts';

/** Changes that take about a millisecond. */
const CHANGES_A_STEP = 16_384;

/** Changes sorted by node, then by layer. */
export interface SortedChanges {
	readonly count: number;
	/** Changes of node n are `[starts[n], starts[n + 1])`. */
	readonly starts: Uint32Array;
	readonly layers: Uint16Array;
	/** Image-wide entry numbers, NO_ENTRY or IMPLIED_DIRECTORY. */
	readonly entries: Int32Array;
	readonly carriers: Int32Array;
	/** Where each raw change went. */
	readonly targets: Uint32Array;
}

/** Sorts changes, which come by layer, by node: a counting sort, so that the layers of a node stay in order. */
export function* sortChanges(raw: RawChanges, numbers: Int32Array): Steps<SortedChanges> {
	const { count } = raw;
	const starts = new Uint32Array(numbers.length + 1);
	yield* inParts(count, CHANGES_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) starts[numbers[raw.nodes[index]] + 1] += 1;
	});
	for (let node = 0; node < numbers.length; node++) starts[node + 1] += starts[node];
	const next = starts.slice();
	const layers = new Uint16Array(count);
	const entries = new Int32Array(count);
	const carriers = new Int32Array(count);
	const targets = new Uint32Array(count);
	yield* inParts(count, CHANGES_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const node = numbers[raw.nodes[index]];
			const target = next[node];
			next[node] += 1;
			layers[target] = raw.layers[index];
			entries[target] = raw.entries[index];
			carriers[target] = raw.carriers[index];
			targets[index] = target;
		}
	});
	discard(next);
	return { count, starts, layers, entries, carriers, targets };
}

/** What each node of a table has been: the carriers of node n are `carriers[starts[n], starts[n + 1])`, lowest layer first. */
export interface CarriersByNode {
	readonly starts: Uint32Array;
	readonly carriers: Int32Array;
}

/** Sorts the carriers of changes, which come by layer, by the node. */
export function* carriersByNode(
	{ count, nodes, carriers }: Pick<RawChanges, 'count' | 'nodes' | 'carriers'>,
	nodeCount: number,
): Steps<CarriersByNode> {
	const starts = new Uint32Array(nodeCount + 1);
	for (let change = 0; change < count; change++) starts[nodes[change] + 1] += 1;
	yield;
	for (let node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
	const next = starts.slice();
	const sorted = new Int32Array(count);
	yield* inParts(count, CHANGES_A_STEP, (from, to) => {
		for (let change = from; change < to; change++) {
			sorted[next[nodes[change]]] = carriers[change];
			next[nodes[change]] += 1;
		}
	});
	discard(next);
	return { starts, carriers: sorted };
}

/** Change numbers by layer, in node order: those of layer k are `changes[starts[k], starts[k + 1])`. */
export interface ChangesByLayer {
	readonly starts: Uint32Array;
	readonly changes: Uint32Array;
}

export function* changesByLayer(layers: Uint16Array, layerCount: number): Steps<ChangesByLayer> {
	const starts = new Uint32Array(layerCount + 1);
	for (let change = 0; change < layers.length; change++) starts[layers[change] + 1] += 1;
	for (let layer = 0; layer < layerCount; layer++) starts[layer + 1] += starts[layer];
	const next = starts.slice();
	const changes = new Uint32Array(layers.length);
	yield* inParts(layers.length, CHANGES_A_STEP, (from, to) => {
		for (let change = from; change < to; change++) {
			changes[next[layers[change]]] = change;
			next[layers[change]] += 1;
		}
	});
	discard(next);
	return { starts, changes };
}
