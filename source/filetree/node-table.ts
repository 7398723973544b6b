import { discard, withRoom } from '../columns/grow.ts';

export const ROOT = 0;
export const NO_NODE = -1;

const NAME_BYTES = 16;
const SLASH = 0x2f;
// A random start keeps a hostile image from choosing names that collide; numbering does not depend on it.
const seed = Math.floor(Math.random() * 0x7fff_ffff);

/** Every path seen, once, numbered in order of appearance: parents before children. Node 0 is the root. */
export class NodeTable {
	count = 1;
	parents: Int32Array;
	/** Where each node's name starts in `nameBytes`; it ends where the next one starts. */
	nameStarts: Uint32Array;
	nameBytes: Uint8Array;
	#hashes: Int32Array;
	/** Nodes by their hashes; where there is none, the root, which is nobody's child. */
	#slots: Int32Array;

	/** The node that was found or made last. */
	#last = ROOT;

	/** Starts with room for so many nodes. */
	constructor(expected: number) {
		this.parents = new Int32Array(expected + 1).fill(-1, 0, 1);
		this.nameStarts = new Uint32Array(expected + 2);
		this.nameBytes = new Uint8Array(expected * NAME_BYTES);
		this.#hashes = new Int32Array(expected + 1);
		this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(1.5 * expected + 2)));
	}

	/** The child's number; `NO_NODE` where it is not known. */
	find(parent: number, bytes: Uint8Array, { start, end }: Span): number {
		const hash = hashOf(parent, bytes, { start, end });
		const known = this.#slots[this.#slotOf({ hash, parent, bytes, start, end })];
		return known === ROOT ? NO_NODE : known;
	}

	/** The child's number; a new one where it is not known. */
	intern(parent: number, bytes: Uint8Array, { start, end }: Span): number {
		// What a layer ships once more it mostly ships in the same order, and nodes that came one after the other lie so in memory.
		const next = this.#last + 1;
		const isNext =
			next < this.count && this.parents[next] === parent && this.#isNamed(next, bytes, start, end);
		this.#last = isNext ? next : this.#lookUp(parent, bytes, { start, end });
		return this.#last;
	}

	/** The node at a path of literal components; `NO_NODE` where it is not known. */
	findPath(bytes: Uint8Array, { start, end }: Span): number {
		let node = ROOT;
		let from = start;
		while (from < end && node !== NO_NODE) {
			let to = from;
			while (to < end && bytes[to] !== SLASH) to += 1;
			node = this.find(node, bytes, { start: from, end: to });
			from = to + 1;
		}
		return node;
	}

	nameEnd(node: number): number {
		return this.nameStarts[node + 1];
	}

	/** Gives back what finding nodes takes; none can be looked for afterwards. */
	discardLookup(): void {
		for (const column of [this.#slots, this.#hashes]) discard(column);
	}

	/** Gives all its memory back; it must not be used afterwards. */
	discard(): void {
		this.discardLookup();
		for (const column of [this.parents, this.nameStarts, this.nameBytes]) discard(column);
	}

	#lookUp(parent: number, bytes: Uint8Array, { start, end }: Span): number {
		const child = { hash: hashOf(parent, bytes, { start, end }), parent, bytes, start, end };
		const slot = this.#slotOf(child);
		const known = this.#slots[slot];
		return known === ROOT ? this.#append(child, slot) : known;
	}

	#append({ hash, parent, bytes, start, end }: Child, slot: number): number {
		const node = this.count;
		const nameStart = this.nameStarts[node];
		const length = end - start;
		this.count += 1;
		this.parents = withRoom(this.parents, node + 1);
		this.#hashes = withRoom(this.#hashes, node + 1);
		this.nameStarts = withRoom(this.nameStarts, node + 2);
		this.nameBytes = withRoom(this.nameBytes, nameStart + length);
		this.parents[node] = parent;
		this.#hashes[node] = hash;
		for (let index = 0; index < length; index++) this.nameBytes[nameStart + index] = bytes[start + index];
		this.nameStarts[node + 1] = nameStart + length;
		this.#slots[slot] = node;
		if (this.count * 3 > this.#slots.length * 2) this.#enlarge();
		return node;
	}

	/** The slot that holds the child, or the free one where it belongs. */
	#slotOf({ hash, parent, bytes, start, end }: Child): number {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hash & mask;
		for (;;) {
			const node = slots[slot];
			const isFound =
				node === ROOT ||
				(this.#hashes[node] === hash &&
					this.parents[node] === parent &&
					this.#isNamed(node, bytes, start, end));
			if (isFound) return slot;
			slot = (slot + 1) & mask;
		}
	}

	#isNamed(node: number, bytes: Uint8Array, start: number, end: number): boolean {
		const nameStart = this.nameStarts[node];
		if (this.nameStarts[node + 1] - nameStart !== end - start) return false;
		const offset = nameStart - start;
		for (let index = start; index < end; index++) {
			if (this.nameBytes[index + offset] !== bytes[index]) return false;
		}
		return true;
	}

	#enlarge(): void {
		const slots = new Int32Array(this.#slots.length * 2);
		const mask = slots.length - 1;
		for (let node = 1; node < this.count; node++) {
			let slot = this.#hashes[node] & mask;
			while (slots[slot] !== ROOT) slot = (slot + 1) & mask;
			slots[slot] = node;
		}
		discard(this.#slots);
		this.#slots = slots;
	}
}

export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A child that is looked for. */
interface Child extends Span {
	readonly hash: number;
	readonly parent: number;
	readonly bytes: Uint8Array;
}

/** FNV-1a over the name, started from the parent, with a last mix so that the low bits depend on all of it. */
function hashOf(parent: number, bytes: Uint8Array, { start, end }: Span): number {
	let hash = seed ^ Math.imul(parent + 1, 0x9e37_79b1);
	for (let index = start; index < end; index++) hash = Math.imul(hash ^ bytes[index], 0x0100_0193);
	hash ^= hash >>> 15;
	hash = Math.imul(hash, 0x2c1b_3c6d);
	return hash ^ (hash >>> 13);
}
