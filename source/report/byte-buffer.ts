const encoder = new TextEncoder();

/** Below this length a loop is faster than setting up a bulk copy. */
const BULK_COPY_BYTES = 48;

/**
 * Bytes in the making. A report of a million rows is put together here without a string for a row: names come as bytes and
 * leave as bytes.
 */
export class ByteBuffer {
	#bytes: Uint8Array;
	#length = 0;

	constructor(capacity: number) {
		this.#bytes = new Uint8Array(capacity);
	}

	get length(): number {
		return this.#length;
	}

	/** What was appended so far, without a copy: valid until the next change. */
	get content(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	clear(): void {
		this.#length = 0;
	}

	append(source: Uint8Array, start = 0, end = source.length): void {
		const count = end - start;
		this.#reserve(count);
		if (count > BULK_COPY_BYTES) {
			this.#bytes.set(source.subarray(start, end), this.#length);
			this.#length += count;
			return;
		}
		const bytes = this.#bytes;
		let position = this.#length;
		for (let index = start; index < end; index++) bytes[position++] = source[index];
		this.#length = position;
	}

	appendBuffer(other: ByteBuffer): void {
		this.append(other.#bytes, 0, other.#length);
	}

	/** Appends the bytes if all of them can stand in a JSON string as they are; otherwise appends nothing and says false. */
	appendIfPlain(source: Uint8Array, start: number, end: number): boolean {
		this.#reserve(end - start);
		const bytes = this.#bytes;
		let position = this.#length;
		for (let index = start; index < end; index++) {
			const byte = source[index];
			if (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c) return false;
			bytes[position++] = byte;
		}
		this.#length = position;
		return true;
	}

	appendByte(byte: number): void {
		this.#reserve(1);
		this.#bytes[this.#length++] = byte;
	}

	appendText(text: string): void {
		// UTF-8 needs three bytes at most for each unit of UTF-16.
		this.#reserve(text.length * 3);
		this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
	}

	/** Appends a finite number as JSON has it. Sizes, owners and most times take the short way. */
	appendNumber(value: number): void {
		if (value === value >>> 0) this.#appendDigits(value);
		else this.appendText(String(value));
	}

	#appendDigits(value: number): void {
		let remaining = value;
		let digits = 1;
		for (let limit = 10; remaining >= limit; limit *= 10) digits += 1;
		this.#reserve(digits);
		for (let position = this.#length + digits - 1; position >= this.#length; position--) {
			const tenth = (remaining / 10) >>> 0;
			this.#bytes[position] = 48 + remaining - tenth * 10;
			remaining = tenth;
		}
		this.#length += digits;
	}

	#reserve(count: number): void {
		const needed = this.#length + count;
		if (needed <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
		larger.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = larger;
	}
}
