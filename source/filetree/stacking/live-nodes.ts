import { discard, withRoom } from '../../columns/grow.ts';
import { NO_NODE } from './node-table.ts';

/**
 * The visible children of every node, as doubly linked lists in columns. Only what is visible is linked, so that walking a directory
 * that was emptied many times costs nothing.
 */
export class LiveNodes {
	#first: Int32Array;
	#next: Int32Array;
	#previous: Int32Array;

	/** Allocates memory for `expected` nodes; `reserve` makes them usable. */
	constructor(expected: number) {
		this.#first = new Int32Array(expected);
		this.#next = new Int32Array(expected);
		this.#previous = new Int32Array(expected);
	}

	/** Makes room for the nodes `[from, to)`; those before `from` have theirs. */
	reserve(from: number, to: number): void {
		this.#first = withRoom(this.#first, to).fill(NO_NODE, from, to);
		this.#next = withRoom(this.#next, to).fill(NO_NODE, from, to);
		this.#previous = withRoom(this.#previous, to).fill(NO_NODE, from, to);
	}

	link(parent: number, node: number): void {
		const first = this.#first[parent];
		this.#next[node] = first;
		this.#previous[node] = NO_NODE;
		if (first !== NO_NODE) this.#previous[first] = node;
		this.#first[parent] = node;
	}

	unlink(parent: number, node: number): void {
		const next = this.#next[node];
		const previous = this.#previous[node];
		if (previous === NO_NODE) this.#first[parent] = next;
		else this.#next[previous] = next;
		if (next !== NO_NODE) this.#previous[next] = previous;
	}

	/** A visible child, or `NO_NODE`. */
	firstChild(node: number): number {
		return this.#first[node];
	}

	/** The child after this one, or `NO_NODE`. */
	nextSibling(node: number): number {
		return this.#next[node];
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		for (const column of [this.#first, this.#next, this.#previous]) discard(column);
	}

	/** Forgets all children of a node. */
	clear(node: number): void {
		this.#first[node] = NO_NODE;
	}
}
