import { discard, trimmed, withRoom } from '../columns/grow.ts';
import type { Steps } from '../steps.ts';
import type { StringColumn } from '../tar/changeset.ts';

/** The distinct names in a tree. Most occur many times, and each has to be searched only once. */
export interface DistinctNames {
	/** The number of each node's name. Names are numbered in the order of their first node. */
	readonly numbers: Uint32Array;
	/** The first node that has each name. */
	readonly nodes: Uint32Array;
}

const NAMES_A_STEP = 2048;

export function* findDistinctNames(names: StringColumn): Steps<DistinctNames> {
	const table = new NameNumbers(names);
	const numbers = new Uint32Array(names.ends.length);
	for (let start = 0; start < numbers.length; start += NAMES_A_STEP) {
		const end = Math.min(numbers.length, start + NAMES_A_STEP);
		for (let node = start; node < end; node++) numbers[node] = table.numberOf(node);
		yield;
	}
	return { numbers, nodes: table.finish() };
}

const FREE = -1;

/** Numbers for names, by a hash table with open addressing. */
class NameNumbers {
	readonly #names: StringColumn;
	/** Large enough from the start for most trees, as moving all names to a larger table is a long step. */
	#slots: Int32Array;
	#nodes = new Uint32Array(512);
	#hashes = new Int32Array(512);
	#count = 0;

	constructor(names: StringColumn) {
		this.#names = names;
		this.#slots = new Int32Array(2 ** Math.max(4, Math.ceil(Math.log2(names.ends.length / 2)))).fill(FREE);
	}

	/** The number of a node's name; a new number if no earlier node has that name. */
	numberOf(node: number): number {
		const hash = this.#hashOf(node);
		const mask = this.#slots.length - 1;
		let slot = hash & mask;
		for (;;) {
			const number = this.#slots[slot];
			if (number === FREE) return this.#add(node, hash, slot);
			if (this.#hashes[number] === hash && this.#isSame(this.#nodes[number], node)) return number;
			slot = (slot + 1) & mask;
		}
	}

	/** The first node of each name. The table must not be used afterwards. */
	finish(): Uint32Array {
		discard(this.#slots);
		discard(this.#hashes);
		return trimmed(this.#nodes, this.#count);
	}

	#add(node: number, hash: number, slot: number): number {
		const number = this.#count;
		this.#count += 1;
		this.#nodes = withRoom(this.#nodes, this.#count);
		this.#hashes = withRoom(this.#hashes, this.#count);
		this.#nodes[number] = node;
		this.#hashes[number] = hash;
		this.#slots[slot] = number;
		if (this.#count * 2 > this.#slots.length) this.#grow();
		return number;
	}

	#grow(): void {
		const mask = this.#slots.length * 2 - 1;
		discard(this.#slots);
		this.#slots = new Int32Array(mask + 1).fill(FREE);
		for (let number = 0; number < this.#count; number++) {
			let slot = this.#hashes[number] & mask;
			while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
			this.#slots[slot] = number;
		}
	}

	/** FNV-1a, with its upper bits mixed into the lower ones, which choose the slot. */
	#hashOf(node: number): number {
		const { bytes, ends } = this.#names;
		let hash = 0x811c9dc5;
		for (let index = node === 0 ? 0 : ends[node - 1]; index < ends[node]; index++) {
			hash = Math.imul(hash ^ bytes[index], 0x01000193);
		}
		return hash ^ (hash >>> 15);
	}

	#isSame(left: number, right: number): boolean {
		const { bytes, ends } = this.#names;
		const leftStart = left === 0 ? 0 : ends[left - 1];
		const rightStart = right === 0 ? 0 : ends[right - 1];
		const length = ends[left] - leftStart;
		if (ends[right] - rightStart !== length) return false;
		for (let index = 0; index < length; index++) {
			if (bytes[leftStart + index] !== bytes[rightStart + index]) return false;
		}
		return true;
	}
}
