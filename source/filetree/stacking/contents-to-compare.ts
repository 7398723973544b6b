import { discard, trimmed, withRoom } from '../../columns/grow.ts';
import type { Steps } from '../../steps.ts';
import type { ContentGroups } from '../../tar/content-groups.ts';
import type { ImageEntries } from './image-entries.ts';
import type { RawChanges } from './raw-changes.ts';
import { carriersByNode } from './sorted-changes.ts';

/** Content that has to be looked at, and the carriers that it belongs to. */
export interface ContentsToCompare {
	readonly groups: ContentGroups;
	/** The carrier of each item. */
	readonly carriers: Int32Array;
}

/** Files of nodes with more, and changes, that take about a millisecond. */
const FILES_A_STEP = 2048;
const CHANGES_A_STEP = 16_384;

/** What a node has been so far: nothing with content, one file (its carrier plus one), two files, or more (from `MORE` down). */
const NOTHING = 0;
const TWO_FILES = -1;
const MORE = -2;

/**
 * Finds files that were at one path with one size and may have the same content: only comparing it tells. Paths that two files were at,
 * which are nearly all that changed, are found as layers are stacked; those with more files at the end.
 */
export class CandidateFinder {
	readonly #entries: ImageEntries;
	readonly #groups: GroupColumns;
	#states: Int32Array;
	#nodesWithMore = 0;
	#reported = 0;

	/** Allocates memory for `expectedNodes` nodes; `reserve` makes them usable. */
	constructor(entries: ImageEntries, expectedNodes: number) {
		this.#entries = entries;
		this.#groups = new GroupColumns(entries);
		this.#states = new Int32Array(expectedNodes);
	}

	/** Makes room for `count` nodes. */
	reserve(count: number): void {
		this.#states = withRoom(this.#states, count);
	}

	/** A layer makes a node what `carrier` carries. */
	note(node: number, carrier: number): void {
		if (this.#entries.bytesOf(carrier) === 0) return;
		const state = this.#states[node];
		if (state === NOTHING) this.#states[node] = carrier + 1;
		else if (state > 0) this.#noteSecond(node, state - 1, carrier);
		else if (state === TWO_FILES) {
			this.#states[node] = MORE - this.#nodesWithMore;
			this.#nodesWithMore += 1;
		}
	}

	/** The pairs since the last call, in which each group has two items, or null. */
	newPairs(): ContentGroups | null {
		const from = this.#reported;
		this.#reported = this.#groups.count;
		return from === this.#reported ? null : this.#groups.since(from);
	}

	/** All contents to compare: the pairs that `newPairs` gave come first, in the same order. The finder must not be used afterwards. */
	*finish(changes: RawChanges): Steps<ContentsToCompare> {
		if (this.#nodesWithMore > 0) yield* this.#addMore(changes);
		discard(this.#states);
		return this.#groups.finish();
	}

	#noteSecond(node: number, left: number, right: number): void {
		if (left === right) return;
		this.#states[node] = TWO_FILES;
		if (this.#mayBeEqual(left, right)) this.#groups.addPair(left, right);
	}

	#mayBeEqual(left: number, right: number): boolean {
		return (
			this.#entries.bytesOf(left) === this.#entries.bytesOf(right) &&
			!this.#entries.isSameBlobEntry(left, right)
		);
	}

	/** Asks about the nodes that three files or more stood at. */
	*#addMore(changes: RawChanges): Steps<void> {
		const ofMore = yield* this.#changesOfMore(changes);
		const { starts, carriers } = yield* carriersByNode(ofMore, this.#nodesWithMore);
		let done = 0;
		for (let index = 0; index < this.#nodesWithMore; index++) {
			done += starts[index + 1] - starts[index];
			if (done > FILES_A_STEP) {
				done = 0;
				yield;
			}
			const files = [...new Set(carriers.subarray(starts[index], starts[index + 1]))];
			for (const group of groupsOf(files, this.#entries)) {
				const isAsked = group.length === 2 && group[0] === files[0] && group[1] === files[1];
				if (!isAsked) this.#groups.add(group);
			}
		}
		for (const column of [starts, carriers]) discard(column);
	}

	/** The changes that made those nodes files, with the nodes numbered among themselves. */
	*#changesOfMore(changes: RawChanges): Steps<Pick<RawChanges, 'count' | 'nodes' | 'carriers'>> {
		let count = 0;
		let nodes = new Int32Array(1024);
		let carriers = new Int32Array(1024);
		for (let change = 0; change < changes.count; change++) {
			if (change % CHANGES_A_STEP === 0) yield;
			const state = this.#states[changes.nodes[change]];
			if (state > MORE || this.#entries.bytesOf(changes.carriers[change]) === 0) continue;
			nodes = withRoom(nodes, count + 1);
			carriers = withRoom(carriers, count + 1);
			nodes[count] = MORE - state;
			carriers[count] = changes.carriers[change];
			count += 1;
		}
		return { count, nodes, carriers };
	}
}

/** Files by size, lowest layer first, where there are several that are not one entry of one blob. */
function groupsOf(files: readonly number[], entries: ImageEntries): readonly (readonly number[])[] {
	const groups = Map.groupBy(files, (carrier) => entries.bytesOf(carrier)).values();
	return [...groups].filter((group) => group.some((carrier) => !entries.isSameBlobEntry(carrier, group[0])));
}

class GroupColumns {
	count = 0;
	readonly #entries: ImageEntries;
	#starts = new Uint32Array(64);
	#itemCount = 0;
	#carriers = new Int32Array(64);
	#layers = new Uint16Array(64);
	#indices = new Uint32Array(64);

	constructor(entries: ImageEntries) {
		this.#entries = entries;
	}

	add(group: readonly number[]): void {
		for (const carrier of group) this.#addItem(carrier);
		this.#close();
	}

	addPair(left: number, right: number): void {
		this.#addItem(left);
		this.#addItem(right);
		this.#close();
	}

	/** The groups from number `from` on, numbered anew. */
	since(from: number): ContentGroups {
		const firstItem = this.#starts[from];
		const starts = this.#starts.slice(from, this.count + 1);
		for (let group = 0; group < starts.length; group++) starts[group] -= firstItem;
		return {
			count: this.count - from,
			starts,
			layers: this.#layers.slice(firstItem, this.#itemCount),
			entries: this.#indices.slice(firstItem, this.#itemCount),
		};
	}

	/** All of them; the columns are spent. */
	finish(): ContentsToCompare {
		const groups = {
			count: this.count,
			starts: trimmed(this.#starts, this.count + 1),
			layers: trimmed(this.#layers, this.#itemCount),
			entries: trimmed(this.#indices, this.#itemCount),
		};
		return { groups, carriers: trimmed(this.#carriers, this.#itemCount) };
	}

	#addItem(carrier: number): void {
		const item = this.#itemCount;
		if (item === this.#carriers.length) this.#makeRoom(item + 1);
		this.#itemCount += 1;
		this.#carriers[item] = carrier;
		this.#layers[item] = this.#entries.layerOf(carrier);
		this.#indices[item] = this.#entries.indexOf(carrier);
	}

	#close(): void {
		this.count += 1;
		if (this.count === this.#starts.length) this.#starts = withRoom(this.#starts, this.count + 1);
		this.#starts[this.count] = this.#itemCount;
	}

	#makeRoom(items: number): void {
		this.#carriers = withRoom(this.#carriers, items);
		this.#layers = withRoom(this.#layers, items);
		this.#indices = withRoom(this.#indices, items);
	}
}
