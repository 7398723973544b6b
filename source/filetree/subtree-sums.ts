import type { Steps } from '../steps.ts';
import type { FileTree } from './file-tree.ts';
import { innerNodesOf } from './inner-nodes.ts';

/** What inner nodes and all below them add up to, by their numbers. What is counted depends on the use. */
export interface SubtreeSums {
	readonly bytes: Float64Array;
	readonly counts: Uint32Array;
	readonly changes: Uint32Array;
	/** Null where nobody asks for it. */
	readonly shipped: Float64Array | null;
}

/** What one node adds. May be negative. */
export interface Addend {
	bytes: number;
	count: number;
	changes: number;
	shipped: number;
}

export function newSubtreeSums(innerCount: number): SubtreeSums {
	return {
		bytes: new Float64Array(innerCount),
		counts: new Uint32Array(innerCount),
		changes: new Uint32Array(innerCount),
		shipped: null,
	};
}

export function* clearSums({ bytes, counts, changes, shipped }: SubtreeSums): Steps<void> {
	for (const column of [bytes, counts, changes, ...(shipped === null ? [] : [shipped])]) {
		column.fill(0);
		yield;
	}
}

/** Copies all but what was shipped. Nothing else may be added to what is copied until it is done. */
export function* copySums(from: SubtreeSums, to: SubtreeSums): Steps<void> {
	for (const column of ['bytes', 'counts', 'changes'] as const) {
		to[column].set(from[column]);
		yield;
	}
}

/**
 * Adds what nodes carry to them and to all above them. Nodes come last one first, so a directory is written once, when all that was
 * given of what is below it has been seen: the time grows with the nodes given and the directories above them.
 */
export class SubtreeAdder {
	readonly #sums: SubtreeSums;
	readonly #numbers: Int32Array;
	readonly #parents: Int32Array;
	/** The directories that are being added up, each somewhere above the next one. */
	readonly #open: number[] = [];
	readonly #pending: Addend[] = [];
	/** The innermost of them, and what is known of it so far. */
	#top = 0;
	#bytes = 0;
	#count = 0;
	#changes = 0;
	#shipped = 0;

	constructor(tree: FileTree, sums: SubtreeSums) {
		this.#sums = sums;
		this.#numbers = innerNodesOf(tree).numbers;
		this.#parents = tree.parents;
	}

	/** Adds a node; to be called in descending order of nodes. */
	add(node: number, { bytes, count, changes, shipped }: Addend): void {
		const holder = this.#numbers[node] === -1 ? this.#parents[node] : node;
		while (this.#top > holder) this.#close();
		if (this.#top < holder) this.#push(holder);
		this.#bytes += bytes;
		this.#count += count;
		this.#changes += changes;
		this.#shipped += shipped;
	}

	/** Writes what is left; to be called after the last node. */
	finish(): void {
		while (this.#top > 0) this.#close();
		this.#write();
	}

	#push(holder: number): void {
		this.#open.push(this.#top);
		this.#pending.push({
			bytes: this.#bytes,
			count: this.#count,
			changes: this.#changes,
			shipped: this.#shipped,
		});
		this.#top = holder;
		this.#bytes = 0;
		this.#count = 0;
		this.#changes = 0;
		this.#shipped = 0;
	}

	/** Writes the innermost directory and hands its sums on to the one above. */
	#close(): void {
		this.#write();
		this.#top = this.#parents[this.#top];
		if (this.#open[this.#open.length - 1] !== this.#top) return;
		this.#open.pop();
		const above = this.#pending.pop();
		if (above === undefined) return;
		this.#bytes += above.bytes;
		this.#count += above.count;
		this.#changes += above.changes;
		this.#shipped += above.shipped;
	}

	#write(): void {
		const number = this.#numbers[this.#top];
		this.#sums.bytes[number] += this.#bytes;
		this.#sums.counts[number] += this.#count;
		this.#sums.changes[number] += this.#changes;
		if (this.#sums.shipped !== null) this.#sums.shipped[number] += this.#shipped;
	}
}
