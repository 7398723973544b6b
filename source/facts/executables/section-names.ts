import { KeptRanges } from '../kept-ranges.ts';

/** The table has its own name. */
const OWN_NAME = Buffer.from('.shstrtab\0');
/** A linker's table of names is smaller. */
const AROUND_BYTES = 8 * 1024;
/** A program that deals with sections has the name among its data too. */
const MOST_FOUND = 8;
const LONGEST_NAME = 64;

/**
 * Finds the names of sections in a file that passes once. They lie before the section headers, which tell where: so whatever looks like the
 * table is kept until these come.
 */
export class SectionNames {
	readonly #from: number;
	readonly #to: number;
	readonly #kept = new KeptRanges([]);
	#found = 0;
	/** The last bytes that passed, and where they begin. */
	#last: Buffer = Buffer.alloc(0);
	#lastAt = 0;

	/** Looks only at what lies from one position of the file to another one. */
	constructor(from: number, to: number) {
		this.#from = from;
		this.#to = to;
	}

	/** The position before which nothing more is of use, when the file has passed up to `position`. */
	wantsFrom(position: number): number {
		return position < this.#to ? Math.max(position, this.#from) : Number.POSITIVE_INFINITY;
	}

	/** Takes what lies at `position` in the file. */
	write(piece: Uint8Array, position: number): void {
		const from = Math.max(0, this.#from - position);
		const to = Math.min(piece.length, this.#to - position);
		if (from < to) this.#look(piece.subarray(from, to), position + from);
	}

	/** The name that begins at a position of the file; null where it was not kept. */
	at(position: number): string | null {
		const found = this.#kept.at(position, LONGEST_NAME);
		const end = found.indexOf(0);
		return end === -1 ? null : Buffer.from(found.subarray(0, end)).toString('latin1');
	}

	#look(piece: Uint8Array, position: number): void {
		const isNext = this.#lastAt + this.#last.length === position;
		const before = isNext ? this.#last : Buffer.alloc(0);
		const beforeAt = position - before.length;
		this.#kept.write(piece, position);
		for (const at of ownNamesIn(before, piece)) {
			if (this.#found === MOST_FOUND) break;
			this.#kept.add({ from: Math.max(beforeAt, position + at - AROUND_BYTES), bytes: 2 * AROUND_BYTES });
			this.#kept.write(before, beforeAt);
			this.#kept.write(piece, position);
			this.#found += 1;
		}
		this.#last = lastOf(before, piece);
		this.#lastAt = position + piece.length - this.#last.length;
	}
}

/** Where the name begins in a piece of the file, in order; below zero where it begins in what came before. */
function* ownNamesIn(before: Buffer, piece: Uint8Array): Generator<number> {
	const over = OWN_NAME.length - 1;
	const end = before.subarray(Math.max(0, before.length - over));
	const across = Buffer.concat([end, piece.subarray(0, over)]).indexOf(OWN_NAME);
	if (across >= 0 && across < end.length) yield across - end.length;
	const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
	for (let at = bytes.indexOf(OWN_NAME); at >= 0; at = bytes.indexOf(OWN_NAME, at + OWN_NAME.length))
		yield at;
}

/** A copy of the last bytes that passed: a piece is valid during the call only. */
function lastOf(before: Buffer, piece: Uint8Array): Buffer {
	if (piece.length >= AROUND_BYTES) return Buffer.from(piece.subarray(piece.length - AROUND_BYTES));
	const seen = Buffer.concat([before, piece]);
	return seen.subarray(Math.max(0, seen.length - AROUND_BYTES));
}
