import { createHash, hash } from 'node:crypto';
import { discard } from '../columns/grow.ts';
import type { Steps } from '../steps.ts';
import { stringAt } from '../tar/changeset.ts';
import type { FileTree } from './file-tree.ts';

/** A directory, which is what is in it. */
export const FOLDER = -1;
/** Like nothing else, and so is every folder that it is in. */
export const UNIQUE = -2;
/** Not there: its folder is as if it were without it. Nor is anything in it there. */
export const LEFT_OUT = -3;

const NODES_A_STEP = 2048;
/** What is written of a folder before it is hashed, bytes. */
const PIECE_BYTES = 16 * 1024;

/**
 * Numbers subtrees: equal numbers mean the same names with the same leaves. `numbers` has a number from 0 on for each leaf, where equal
 * ones mean equal leaves, or one of the codes above. A folder's code becomes its number, or UNIQUE.
 */
export function* numberSubtrees(
	{ subtreeEnds, names }: Pick<FileTree, 'subtreeEnds' | 'names'>,
	numbers: Int32Array,
): Steps<void> {
	const known = new DigestNumbers(countFolders(numbers));
	const content = new FolderContent();
	let next = numbers.reduce((most, number) => Math.max(most, number), FOLDER) + 1;
	for (let visited = 0, node = numbers.length - 1; node >= 0; node--) {
		if (++visited % NODES_A_STEP === 0) yield;
		if (numbers[node] !== FOLDER) continue;
		let isUnique = false;
		content.clear();
		for (let child = node + 1; child < subtreeEnds[node] && !isUnique; child = subtreeEnds[child]) {
			if (++visited % NODES_A_STEP === 0) yield;
			if (numbers[child] === LEFT_OUT) continue;
			if (numbers[child] === UNIQUE) isUnique = true;
			else content.append(numbers[child], stringAt(names, child));
		}
		if (isUnique) {
			numbers[node] = UNIQUE;
			continue;
		}
		numbers[node] = known.numberOf(content.digest(), next);
		if (numbers[node] === next) next += 1;
	}
	known.discard();
}

function countFolders(numbers: Int32Array): number {
	let count = 0;
	for (let node = 0; node < numbers.length; node++) count += Number(numbers[node] === FOLDER);
	return count;
}

/** What a folder holds, as a SHA-256. A folder may hold a million names, so that it is hashed in pieces. */
class FolderContent {
	#piece = new Uint8Array(PIECE_BYTES);
	#used = 0;
	#hash: ReturnType<typeof createHash> | null = null;

	clear(): void {
		this.#used = 0;
		this.#hash = null;
	}

	append(number: number, name: Uint8Array): void {
		// Names have no zero bytes, and four bytes before each one say which number it has.
		const needed = name.length + 5;
		if (this.#used + needed > this.#piece.length) this.#flush(needed);
		const piece = this.#piece;
		for (let shift = 0; shift < 32; shift += 8) piece[this.#used++] = number >>> shift;
		piece.set(name, this.#used);
		this.#used += name.length;
		piece[this.#used++] = 0;
	}

	/** One character a byte. */
	digest(): string {
		const rest = this.#piece.subarray(0, this.#used);
		// Most folders are one piece, and a hash object for each would be much to clear away.
		if (this.#hash === null) return hash('sha256', rest, 'binary');
		return this.#hash.update(rest).digest('binary');
	}

	#flush(needed: number): void {
		this.#hash ??= createHash('sha256');
		this.#hash.update(this.#piece.subarray(0, this.#used));
		this.#used = 0;
		if (needed > this.#piece.length) this.#piece = new Uint8Array(needed);
	}
}

const DIGEST_WORDS = 4;

/** Numbers by the first half of a SHA-256. In open addressing, as a map of strings takes ten times the memory on a million folders. */
class DigestNumbers {
	readonly #digests: Uint32Array;
	/** 1 + the number; 0 where a slot is free. */
	readonly #numbers: Uint32Array;

	/** For at most so many digests. */
	constructor(most: number) {
		const slots = Math.ceil(most * 1.5) + 1;
		this.#digests = new Uint32Array(slots * DIGEST_WORDS);
		this.#numbers = new Uint32Array(slots);
	}

	/** The number of a digest, of one character a byte; `next` for one that is new. */
	numberOf(digest: string, next: number): number {
		const numbers = this.#numbers;
		let slot = wordAt(digest, 0) % numbers.length;
		while (numbers[slot] !== 0 && !this.#isAt(slot, digest)) slot = (slot + 1) % numbers.length;
		if (numbers[slot] === 0) {
			numbers[slot] = next + 1;
			for (let word = 0; word < DIGEST_WORDS; word++)
				this.#digests[slot * DIGEST_WORDS + word] = wordAt(digest, word);
		}
		return numbers[slot] - 1;
	}

	/** Gives the memory back. */
	discard(): void {
		discard(this.#digests);
		discard(this.#numbers);
	}

	#isAt(slot: number, digest: string): boolean {
		for (let word = 0; word < DIGEST_WORDS; word++)
			if (this.#digests[slot * DIGEST_WORDS + word] !== wordAt(digest, word)) return false;
		return true;
	}
}

function wordAt(digest: string, word: number): number {
	const at = word * 4;
	const code = (index: number): number => digest.charCodeAt(at + index);
	return (code(0) | (code(1) << 8) | (code(2) << 16) | (code(3) << 24)) >>> 0;
}
