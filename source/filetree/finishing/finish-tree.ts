import { withRoom } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import {
	ADDED,
	type ChangeAttributes,
	CONTENT,
	IDENTICAL,
	IMPLIED_DIRECTORY,
	type LinkColumns,
	METADATA,
	NO_ENTRY,
	REMOVED,
	UNCHANGED,
	type WasteColumns,
	wasteCauses,
} from '../file-tree.ts';
import type { ImageEntries } from '../stacking/image-entries.ts';
import type { RawDeaths } from '../stacking/raw-changes.ts';
import type { SortedChanges } from '../stacking/sorted-changes.ts';
import type { ContentNumbers } from './content-numbers.ts';

/** Changes or dead inodes that take about a millisecond. */
const ITEMS_A_STEP = 8192;

/** What is worked out of each change once all layers are stacked. */
export interface ChangeColumns {
	readonly kinds: Uint8Array;
	readonly entries: Int32Array;
	readonly bytes: Float64Array;
	readonly contents: Uint32Array;
}

export function newChangeColumns(count: number): ChangeColumns {
	return {
		kinds: new Uint8Array(count),
		entries: new Int32Array(count),
		bytes: new Float64Array(count),
		contents: new Uint32Array(count),
	};
}

/** Fills in the columns: the kind of every change follows from the changes before. */
export function* describeChanges(
	changes: SortedChanges,
	entries: ImageEntries,
	describedBy: DescribedBy,
): Steps<void> {
	const nodeCount = changes.starts.length - 1;
	for (let from = 0; from < nodeCount; ) {
		const to = endOfStep(changes.starts, from);
		describeNodes(changes, entries, { ...describedBy, from, to });
		from = to;
		yield;
	}
}

/** The node after the last one of a step: fewer where nodes have many changes. */
function endOfStep(starts: Uint32Array, first: number): number {
	let end = Math.min(starts.length - 1, first + ITEMS_A_STEP);
	while (end > first + 1 && starts[end] - starts[first] > 2 * ITEMS_A_STEP)
		end = first + ((end - first) >> 1);
	return end;
}

interface NodeRange extends DescribedBy {
	readonly from: number;
	readonly to: number;
}

function describeNodes(
	changes: SortedChanges,
	entries: ImageEntries,
	{ contents, columns, attributes, from: firstNode, to: endNode }: NodeRange,
): void {
	const numbers = attributes?.numbers;
	for (let node = firstNode; node < endNode; node++) {
		const from = changes.starts[node];
		const to = changes.starts[node + 1];
		if (to - from > 1) contents.write(changes, [from, to], columns.contents);
		for (let change = from; change < to; change++) {
			const before = change === from ? NO_ENTRY : changes.entries[change - 1];
			const entry = changes.entries[change];
			const sameContent = change > from && columns.contents[change] === columns.contents[change - 1];
			const sameAttributes = numbers === undefined || numbers[change] === numbers[change - 1];
			const isKnown = change > from + 1 && changes.entries[change - 2] !== NO_ENTRY;
			columns.kinds[change] = kindOfChange(entries, {
				before,
				after: entry,
				sameContent,
				sameAttributes,
				isKnown,
			});
			columns.entries[change] = entry < 0 ? entry : entries.indexOf(entry);
			columns.bytes[change] = entries.bytesOf(entry === NO_ENTRY ? before : entry);
		}
	}
}

interface DescribedBy {
	readonly contents: ContentNumbers;
	readonly columns: ChangeColumns;
	readonly attributes: ChangeAttributes | null;
}

interface Change {
	readonly before: number;
	readonly after: number;
	readonly sameContent: boolean;
	/** Of the extended attributes. */
	readonly sameAttributes: boolean;
	/** Whether something was there before `before`, which took its place. */
	readonly isKnown: boolean;
}

/**
 * The kind of a change between two states. An implied directory is no change by itself, neither when it comes nor when it goes. But where
 * it took the place of what had an entry, its path is in the change sets, and has to leave them.
 */
function kindOfChange(
	entries: ImageEntries,
	{ before, after, sameContent, sameAttributes, isKnown }: Change,
): number {
	if (before === NO_ENTRY) return after === IMPLIED_DIRECTORY ? UNCHANGED : ADDED;
	if (after === NO_ENTRY) return before === IMPLIED_DIRECTORY && !isKnown ? UNCHANGED : REMOVED;
	if (!sameContent) return CONTENT;
	if (!sameAttributes || !entries.sameAttributes(before, after)) return METADATA;
	return entries.kindOf(after) === DIRECTORY ? UNCHANGED : IDENTICAL;
}

/** The hard links among the changes: all else carries its own content. */
export function* describeLinks(
	{ count, entries: left, carriers }: SortedChanges,
	entries: ImageEntries,
): Steps<LinkColumns> {
	let links = 0;
	let changes = new Uint32Array(64);
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let change = from; change < to; change++) {
			if (carriers[change] === left[change]) continue;
			changes = withRoom(changes, links + 1);
			changes[links] = change;
			links += 1;
		}
	});
	const columns = {
		changes: changes.slice(0, links),
		layers: new Uint16Array(links),
		entries: new Int32Array(links).fill(NO_ENTRY),
	};
	yield* inParts(links, ITEMS_A_STEP, (from, to) => {
		for (let link = from; link < to; link++) {
			const carrier = carriers[changes[link]];
			if (carrier === NO_ENTRY) continue;
			columns.layers[link] = entries.layerOf(carrier);
			columns.entries[link] = entries.indexOf(carrier);
		}
	});
	return columns;
}

export interface Deaths {
	readonly deaths: RawDeaths;
	readonly entries: ImageEntries;
	/** The final node of each entry. */
	readonly nodeOf: (entry: number) => number;
	/** The change kind of a raw change. */
	readonly kindOf: (rawChange: number) => number;
}

const causeOfKind: Readonly<Record<number, number>> = {
	[REMOVED]: wasteCauses.indexOf('removed'),
	[CONTENT]: wasteCauses.indexOf('content'),
	[METADATA]: wasteCauses.indexOf('metadata'),
	[IDENTICAL]: wasteCauses.indexOf('identical'),
};

/** Columns of the dead inodes, with the cause of each. */
export function* describeWaste({ deaths, entries, nodeOf, kindOf }: Deaths): Steps<WasteColumns> {
	const { count } = deaths;
	const waste = {
		count,
		nodes: new Int32Array(count),
		bytes: new Float64Array(count),
		layers: new Uint16Array(count),
		culprits: deaths.culprits.slice(0, count),
		causes: new Uint8Array(count),
	};
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const carrier = deaths.carriers[index];
			const change = deaths.changes[index];
			waste.nodes[index] = nodeOf(carrier);
			waste.bytes[index] = entries.bytesOf(carrier);
			waste.layers[index] = entries.layerOf(carrier);
			waste.causes[index] =
				change === NO_ENTRY ? wasteCauses.indexOf('duplicate') : causeOfKind[kindOf(change)];
		}
	});
	return waste;
}
