import type { Changeset } from '../../tar/changeset.ts';
import type { ContentGroups } from '../../tar/content-groups.ts';
import { sparseMapOf } from '../../tar/sparse/sparse-files.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { CompareTask, ContentPairs } from '../workers/layer-task.ts';

/** Small files are begun with many at a time, so that they are read together, and large ones one by one. */
const RUN_BYTES = 4 * 1024 * 1024;
const MOST_PAIRS_A_RUN = 512;

export interface ComparedLayers {
	readonly changesets: readonly Changeset[];
	/** Where each layer lies that is read by position. */
	readonly locations: readonly (BlobLocation | null)[];
}

/** A layer that can be read again by position. */
interface ReadableLayer {
	readonly location: BlobLocation;
	readonly changeset: Changeset;
}

/** Null for layers whose files were hashed as they streamed. */
export type ReadableLayers = readonly (ReadableLayer | null)[];

export function readableLayers({ changesets, locations }: ComparedLayers): ReadableLayers {
	return changesets.map((changeset, layer) => {
		const location = changeset.identities === null ? (locations[layer] ?? null) : null;
		return location && { location, changeset };
	});
}

/**
 * Whether an item and the one after it can be read side by side: both by position, each through a window of its own, and both as they are
 * in the tar, so that neither is sparse.
 */
export function canCompare(
	{ layers, entries }: ContentGroups,
	item: number,
	readable: ReadableLayers,
): boolean {
	const left = readable[layers[item]];
	const right = readable[layers[item + 1]];
	if (left === null || right === null) return false;
	if (left.location.start === right.location.start && left.location.path === right.location.path)
		return false;
	return !isSparse(left, entries[item]) && !isSparse(right, entries[item + 1]);
}

function isSparse({ changeset }: ReadableLayer, entry: number): boolean {
	return sparseMapOf(changeset, entry) !== null;
}

/**
 * The task of comparing each of the items with the one after it. What threads have to share lies in memory that they share: the pairs,
 * which were begun, and what came of it.
 */
export function compareTask(
	groups: ContentGroups,
	items: readonly number[],
	layers: ComparedLayers,
): CompareTask {
	const pairs = describePairs(groups, items, layers);
	return {
		type: 'compare',
		pairs,
		runStarts: startsOfRuns(pairs.bytes),
		begun: new Int32Array(new SharedArrayBuffer(4)),
		same: new Uint8Array(new SharedArrayBuffer(items.length)),
	};
}

/** How many bytes are compared, on both sides. */
export function comparedBytes({ pairs }: CompareTask): number {
	return 2 * pairs.bytes.reduce((sum, bytes) => sum + bytes, 0);
}

/** How much of the task was begun, from 0 to 1. */
export function shareBegun({ begun, runStarts }: CompareTask): number {
	return Math.min(1, Atomics.load(begun, 0) / (runStarts.length - 1));
}

function describePairs(
	{ layers, entries }: ContentGroups,
	items: readonly number[],
	{ changesets, locations }: ComparedLayers,
): ContentPairs {
	const nowhere: BlobLocation = { path: '', start: 0, bytes: 0 };
	const room = (bytes: number) => new SharedArrayBuffer(items.length * bytes);
	const pairs = {
		locations: locations.map((location) => location ?? nowhere),
		leftLayers: new Uint16Array(room(2)),
		rightLayers: new Uint16Array(room(2)),
		leftPositions: new Float64Array(room(8)),
		rightPositions: new Float64Array(room(8)),
		bytes: new Float64Array(room(8)),
	};
	for (let pair = 0; pair < items.length; pair++) {
		const left = items[pair];
		const right = left + 1;
		pairs.leftLayers[pair] = layers[left];
		pairs.rightLayers[pair] = layers[right];
		pairs.leftPositions[pair] = changesets[layers[left]].positions[entries[left]];
		pairs.rightPositions[pair] = changesets[layers[right]].positions[entries[right]];
		pairs.bytes[pair] = changesets[layers[left]].sizes[entries[left]];
	}
	return pairs;
}

/** Run r is the pairs `[starts[r], starts[r + 1])`. */
function startsOfRuns(bytes: Float64Array): Uint32Array {
	const starts = [0];
	let runBytes = 0;
	for (let pair = 0; pair < bytes.length; pair++) {
		runBytes += bytes[pair];
		const first = starts[starts.length - 1];
		if (runBytes < RUN_BYTES && pair + 1 - first < MOST_PAIRS_A_RUN && pair + 1 < bytes.length) continue;
		starts.push(pair + 1);
		runBytes = 0;
	}
	return Uint32Array.from(starts);
}
