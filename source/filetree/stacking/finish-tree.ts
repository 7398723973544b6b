import { DIRECTORY } from '../../tar/changeset.ts';
import {
	ADDED,
	CONTENT,
	IDENTICAL,
	IMPLIED_DIRECTORY,
	METADATA,
	NO_ENTRY,
	REMOVED,
	UNCHANGED,
	type WasteColumns,
	wasteCauses,
} from '../file-tree.ts';
import type { ContentNumbers } from './content-numbers.ts';
import type { ImageEntries } from './image-entries.ts';
import type { RawDeaths } from './raw-changes.ts';
import type { ArrangedTouches } from './sorted-changes.ts';

/** What is worked out of each touch once all layers are stacked. */
export interface TouchColumns {
	readonly kinds: Uint8Array;
	readonly entries: Int32Array;
	readonly bytes: Float64Array;
	readonly contents: Uint32Array;
}

export function newTouchColumns(count: number): TouchColumns {
	return {
		kinds: new Uint8Array(count),
		entries: new Int32Array(count),
		bytes: new Float64Array(count),
		contents: new Uint32Array(count),
	};
}

/** Fills in the columns: the kind of every touch is told by comparing it with the touch before. */
export function describeTouches(
	touches: ArrangedTouches,
	entries: ImageEntries,
	{ contents, columns }: { readonly contents: ContentNumbers; readonly columns: TouchColumns },
): void {
	for (let node = 0; node + 1 < touches.starts.length; node++) {
		const from = touches.starts[node];
		const to = touches.starts[node + 1];
		if (to - from > 1) contents.write(touches, [from, to], columns.contents);
		for (let touch = from; touch < to; touch++) {
			const before = touch === from ? NO_ENTRY : touches.entries[touch - 1];
			const entry = touches.entries[touch];
			const sameContent = touch > from && columns.contents[touch] === columns.contents[touch - 1];
			columns.kinds[touch] = kindOfChange(entries, { before, after: entry, sameContent });
			columns.entries[touch] = entry < 0 ? entry : entries.indexOf(entry);
			columns.bytes[touch] = entries.bytesOf(entry === NO_ENTRY ? before : entry);
		}
	}
}

interface Change {
	readonly before: number;
	readonly after: number;
	readonly sameContent: boolean;
}

/** The kind of a change between two states. An implied directory is no change by itself, neither when it comes nor when it goes. */
function kindOfChange(entries: ImageEntries, { before, after, sameContent }: Change): number {
	if (before === NO_ENTRY) return after === IMPLIED_DIRECTORY ? UNCHANGED : ADDED;
	if (after === NO_ENTRY) return before === IMPLIED_DIRECTORY ? UNCHANGED : REMOVED;
	if (!sameContent) return CONTENT;
	if (!entries.sameAttributes(before, after)) return METADATA;
	return entries.kindOf(after) === DIRECTORY ? UNCHANGED : IDENTICAL;
}

export interface Deaths {
	readonly deaths: RawDeaths;
	readonly entries: ImageEntries;
	/** The final node of each entry. */
	readonly nodeOf: (entry: number) => number;
	/** The change kind of a raw touch. */
	readonly kindOf: (rawTouch: number) => number;
}

const causeOfKind: Readonly<Record<number, number>> = {
	[REMOVED]: wasteCauses.indexOf('removed'),
	[CONTENT]: wasteCauses.indexOf('content'),
	[METADATA]: wasteCauses.indexOf('metadata'),
	[IDENTICAL]: wasteCauses.indexOf('identical'),
};

/** Columns of the dead inodes, with the cause of each. */
export function describeWaste({ deaths, entries, nodeOf, kindOf }: Deaths): WasteColumns {
	const { count } = deaths;
	const waste = {
		count,
		nodes: new Int32Array(count),
		bytes: new Float64Array(count),
		layers: new Uint16Array(count),
		culprits: deaths.culprits.slice(0, count),
		causes: new Uint8Array(count),
	};
	for (let index = 0; index < count; index++) {
		const carrier = deaths.carriers[index];
		const touch = deaths.touches[index];
		waste.nodes[index] = nodeOf(carrier);
		waste.bytes[index] = entries.bytesOf(carrier);
		waste.layers[index] = entries.layerOf(carrier);
		waste.causes[index] = touch === NO_ENTRY ? wasteCauses.indexOf('duplicate') : causeOfKind[kindOf(touch)];
	}
	return waste;
}
