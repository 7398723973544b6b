type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/**
 * The column itself where `needed` items fit, else a larger one, at least twice as large, with the same items. The old one loses its
 * memory at once: left to the garbage collector, columns that were outgrown would make up half of the peak.
 */
export function withRoom<T extends Column>(column: T, needed: number): T {
	return needed <= column.length ? column : resized(column, Math.max(needed, column.length * 2, 64));
}

/** The first `count` items in a buffer of just their size; the column itself loses its memory. */
export function trimmed<T extends Column>(column: T, count: number): T {
	return column.length === count ? column : resized(column, count);
}

/** One column behind the other in a buffer of just their size; both lose their memory. */
export function concatenated<T extends Column>(head: T, tail: T): T {
	const start = head.length;
	const both = resized(head, start + tail.length);
	both.set(tail, start);
	discard(tail);
	return both;
}

/**
 * Gives a column's memory back at once; it is empty afterwards. The garbage collector sees a large column as a small object and would
 * leave it for long.
 */
export function discard(column: Column): void {
	if (column.buffer instanceof ArrayBuffer && !column.buffer.detached) column.buffer.transfer(0);
}

function resized<T extends Column>(column: T, length: number): T {
	const { buffer, byteOffset, byteLength } = column;
	if (!(buffer instanceof ArrayBuffer) || byteOffset !== 0 || byteLength !== buffer.byteLength) {
		throw new TypeError('Only a column that has a buffer of its own can be resized.');
	}
	const moved = buffer.transfer(length * column.BYTES_PER_ELEMENT);
	return new (column.constructor as new (buffer: ArrayBuffer) => T)(moved);
}

/** Byte strings end to end; each ends where the next one starts. */
interface StringRows {
	readonly bytes: Uint8Array;
	readonly ends: Uint32Array;
}

/** Byte strings end to end, growing. */
export class StringColumnBuilder {
	#bytes: Uint8Array;
	#ends: Uint32Array;
	#used = 0;
	#count = 0;

	/** Starts with room for this many strings and bytes. */
	constructor({ strings, bytes }: { readonly strings: number; readonly bytes: number }) {
		this.#bytes = new Uint8Array(bytes);
		this.#ends = new Uint32Array(strings);
	}

	/** Where the next byte goes; grows so that `length` bytes fit. Write there, then call `close`. */
	open(length: number): { bytes: Uint8Array; start: number } {
		this.#bytes = withRoom(this.#bytes, this.#used + length);
		return { bytes: this.#bytes, start: this.#used };
	}

	/** Ends the current string at `end`, a position in the opened bytes. */
	close(end: number): void {
		this.#ends = withRoom(this.#ends, this.#count + 1);
		this.#ends[this.#count] = end;
		this.#count += 1;
		this.#used = end;
	}

	/** The bytes of string `index`, without a copy. */
	at(index: number): Uint8Array {
		return this.#bytes.subarray(index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
	}

	/** The length of all strings together. */
	get usedBytes(): number {
		return this.#used;
	}

	push(text: Uint8Array): void {
		const { bytes, start } = this.open(text.length);
		bytes.set(text, start);
		this.close(start + text.length);
	}

	/** Adds the first `count` strings of a column. */
	append({ bytes, ends }: StringRows, count: number): void {
		if (count === 0) return;
		const length = ends[count - 1];
		const room = this.open(length);
		room.bytes.set(bytes.subarray(0, length), room.start);
		this.#ends = withRoom(this.#ends, this.#count + count);
		for (let index = 0; index < count; index++) this.#ends[this.#count + index] = room.start + ends[index];
		this.#count += count;
		this.#used += length;
	}

	pushEmpty(): void {
		this.close(this.#used);
	}

	finish(): { bytes: Uint8Array; ends: Uint32Array } {
		return { bytes: trimmed(this.#bytes, this.#used), ends: trimmed(this.#ends, this.#count) };
	}
}
