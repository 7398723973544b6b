import { BLOCK_BYTES, readNumberAt } from '../header.ts';
import { parseInteger, type RawSparseMap } from './sparse-map.ts';

/** Reads a sparse map that takes blocks of its own. */
export interface SparseMapReader {
	/** Whether the blocks are a part of the content that the header states. */
	readonly isInContent: boolean;
	/** Takes the next block. Null while there are more to come. */
	take(block: Uint8Array, offset: number): RawSparseMap | 'invalid' | null;
}

/** A longer map is rejected, as by Go's archive/tar. */
const MOST_BLOCKS = (1024 * 1024) / BLOCK_BYTES;

/** Fields of the header and of continuation blocks in the old GNU format (GNU tar manual, "Basic Tar Format"). */
const NUMBER_BYTES = 12;
const HEADER = { entries: 386, count: 4, more: 482, fileBytes: 483 };
const CONTINUATION = { entries: 0, count: 21, more: 504 };
const MAGIC_OFFSET = 257;
const gnuMagic = Buffer.from('ustar  \0');

/** The map of the old GNU format: in the header, and in blocks behind it. */
export class OldGnuMapReader implements SparseMapReader {
	readonly isInContent = false;
	readonly #numbers: number[] = [];
	#fileBytes = 0;
	#blocks = 0;

	/** Takes the header. Null when continuation blocks follow. */
	takeHeader(block: Uint8Array, offset: number): RawSparseMap | 'invalid' | null {
		// The star format has the same type flag and other fields.
		const isGnu = gnuMagic.every((byte, index) => block[offset + MAGIC_OFFSET + index] === byte);
		if (!isGnu) return 'invalid';
		this.#fileBytes = readNumberAt(block, offset + HEADER.fileBytes, NUMBER_BYTES);
		return this.#takeEntries(block, offset, HEADER);
	}

	take(block: Uint8Array, offset: number): RawSparseMap | 'invalid' | null {
		this.#blocks += 1;
		return this.#blocks === MOST_BLOCKS ? 'invalid' : this.#takeEntries(block, offset, CONTINUATION);
	}

	#takeEntries(block: Uint8Array, offset: number, fields: typeof CONTINUATION) {
		const end = offset + fields.entries + fields.count * 2 * NUMBER_BYTES;
		for (let start = offset + fields.entries; start < end && block[start] !== 0; start += 2 * NUMBER_BYTES)
			for (const at of [start, start + NUMBER_BYTES])
				this.#numbers.push(readNumberAt(block, at, NUMBER_BYTES));
		if (block[offset + fields.more] !== 0) return null;
		return { fileBytes: this.#fileBytes, numbers: this.#numbers };
	}
}

/**
 * The map of the pax format 1.0, at the start of the data: decimal numbers, each with a newline behind it, in whole blocks. First comes the
 * number of extents.
 */
export class PaxMapReader implements SparseMapReader {
	readonly isInContent = true;
	readonly #fileBytes: number;
	readonly #numbers: number[] = [];
	/** How many numbers follow the first one; NaN before that. */
	#wanted = Number.NaN;
	/** The start of a number that goes on in the next block. */
	#rest = '';
	#blocks = 0;

	constructor(fileBytes: number) {
		this.#fileBytes = fileBytes;
	}

	take(block: Uint8Array, offset: number): RawSparseMap | 'invalid' | null {
		this.#blocks += 1;
		const lines = latin1(block, offset).split('\n');
		lines[0] = this.#rest + lines[0];
		for (let line = 0; this.#numbers.length !== this.#wanted; line++) {
			if (line === lines.length - 1) {
				this.#rest = lines[line];
				return this.#blocks === MOST_BLOCKS ? 'invalid' : null;
			}
			const number = parseInteger(lines[line]);
			if (Number.isNaN(number)) return 'invalid';
			if (!Number.isNaN(this.#wanted)) this.#numbers.push(number);
			else if (number < 0) return 'invalid';
			else this.#wanted = 2 * number;
		}
		return { fileBytes: this.#fileBytes, numbers: this.#numbers };
	}
}

function latin1(block: Uint8Array, offset: number): string {
	return Buffer.from(block.buffer, block.byteOffset + offset, BLOCK_BYTES).toString('latin1');
}
