import { discard, withRoom } from '../../columns/grow.ts';

export const ROOT = 0;
export const NO_NODE = -1;

const NAME_BYTES = 16;
const SLASH = 0x2f;
// With a random seed a hostile image cannot choose names that collide; numbering does not depend on it.
const seed = Math.floor(Math.random() * 0x7fff_ffff);

/** Every path seen, once, numbered in order of appearance: parents before children. Node 0 is the root. */
export class NodeTable {
	count = 1;
	parents: Int32Array;
	/** Where each node's name starts in `nameBytes`; it ends where the next one starts. */
	nameStarts: Uint32Array;
	nameBytes: Uint8Array;
	#hashes: Int32Array;
	/** Nodes by their hashes; a free slot holds the root, which is nobody's child. */
	#slots: Int32Array;

	/** The node that was found or made last. */
	#last = ROOT;

	/** Starts with room for `expected` nodes. */
	constructor(expected: number) {
		this.parents = new Int32Array(expected + 1).fill(-1, 0, 1);
		this.nameStarts = new Uint32Array(expected + 2);
		this.nameBytes = new Uint8Array(expected * NAME_BYTES);
		this.#hashes = new Int32Array(expected + 1);
		this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(1.5 * expected + 2)));
	}

	/** The child's number; `NO_NODE` where it is not known. */
	find(parent: number, name: Name): number {
		const known = this.#slots[this.#slotOf(hashOf(parent, name), parent, name)];
		return known === ROOT ? NO_NODE : known;
	}

	/** The child's number; a new one where it is not known. */
	intern(parent: number, name: Name): number {
		// What a layer ships once more it mostly ships in the same order, and nodes that came one after the other lie so in memory.
		const next = this.#last + 1;
		const isNext = next < this.count && this.parents[next] === parent && this.#isNamed(next, name);
		this.#last = isNext ? next : this.#lookUp(parent, name);
		return this.#last;
	}

	/** The node at a path of literal components; `NO_NODE` where it is not known. */
	findPath(path: Uint8Array): number {
		let node = ROOT;
		let from = 0;
		while (from < path.length && node !== NO_NODE) {
			let to = from;
			while (to < path.length && path[to] !== SLASH) to += 1;
			node = this.find(node, { bytes: path, start: from, end: to });
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

	#lookUp(parent: number, name: Name): number {
		const hash = hashOf(parent, name);
		const slot = this.#slotOf(hash, parent, name);
		const known = this.#slots[slot];
		if (known !== ROOT) return known;
		const node = this.#append(parent, name);
		this.#hashes[node] = hash;
		this.#slots[slot] = node;
		if (this.count * 3 > this.#slots.length * 2) this.#enlarge();
		return node;
	}

	#append(parent: number, { bytes, start, end }: Name): number {
		const node = this.count;
		const nameStart = this.nameStarts[node];
		const nameEnd = nameStart + end - start;
		if (node === this.parents.length) this.#makeRoom(node + 1);
		if (nameEnd > this.nameBytes.length) this.nameBytes = withRoom(this.nameBytes, nameEnd);
		this.count += 1;
		this.parents[node] = parent;
		this.nameStarts[node + 1] = nameEnd;
		const { nameBytes } = this;
		for (let from = start, to = nameStart; to < nameEnd; from++, to++) nameBytes[to] = bytes[from];
		return node;
	}

	#makeRoom(nodes: number): void {
		this.parents = withRoom(this.parents, nodes);
		this.#hashes = withRoom(this.#hashes, nodes);
		this.nameStarts = withRoom(this.nameStarts, this.parents.length + 1);
	}

	/** The slot that holds the child, or the free one where it belongs. */
	#slotOf(hash: number, parent: number, name: Name): number {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hash & mask;
		for (;;) {
			const node = slots[slot];
			const isFound =
				node === ROOT ||
				(this.#hashes[node] === hash && this.parents[node] === parent && this.#isNamed(node, name));
			if (isFound) return slot;
			slot = (slot + 1) & mask;
		}
	}

	#isNamed(node: number, { bytes, start, end }: Name): boolean {
		const { nameBytes } = this;
		let at = this.nameStarts[node];
		if (this.nameStarts[node + 1] - at !== end - start) return false;
		for (let index = start; index < end; index++, at++) {
			if (nameBytes[at] !== bytes[index]) return false;
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

/** One component of a path: the bytes `[start, end)`. */
export interface Name {
	readonly bytes: Uint8Array;
	readonly start: number;
	readonly end: number;
}

/** FNV-1a over the name, started from the parent, with a last mix so that the low bits depend on all of it. */
function hashOf(parent: number, { bytes, start, end }: Name): number {
	let hash = seed ^ Math.imul(parent + 1, 0x9e37_79b1);
	for (let index = start; index < end; index++) hash = Math.imul(hash ^ bytes[index], 0x0100_0193);
	hash ^= hash >>> 15;
	hash = Math.imul(hash, 0x2c1b_3c6d);
	return hash ^ (hash >>> 13);
}
