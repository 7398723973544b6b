const encoder = new TextEncoder();

/** Bytes that are appended often, as little-endian words of four bytes. The last word is padded with zeros. */
export interface ByteConstant {
	readonly words: Uint32Array;
	readonly length: number;
}

/** The UTF-8 of a text as a constant. */
export function byteConstant(text: string): ByteConstant {
	const bytes = encoder.encode(text);
	const words = new Uint32Array((bytes.length + 3) >>> 2);
	bytes.forEach((byte, index) => {
		words[index >>> 2] |= byte << ((index & 3) * 8);
	});
	return { words, length: bytes.length };
}

/** 1 for each byte that never needs an escape in a JSON string: not `"`, `\` and `#`. */
const plainBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
	byte >= 0x20 && byte <= 0x7e && byte !== 0x22 && byte !== 0x5c && byte !== 0x23 ? 1 : 0,
);

/** The two decimal digits of 0 to 99, as a little-endian word of two bytes. */
const digitPairs = Uint16Array.from(
	{ length: 100 },
	(_, pair) => 0x3030 + Math.floor(pair / 10) + (pair % 10) * 256,
);

/**
 * A buffer of bytes that grows. A report of a million rows is assembled here without a string for each row: names arrive and leave
 * as bytes, and constants are copied four bytes at a time.
 */
export class ByteBuffer {
	#bytes: Uint8Array;
	#view: DataView;
	#length = 0;

	constructor(capacity: number) {
		this.#bytes = new Uint8Array(capacity);
		this.#view = new DataView(this.#bytes.buffer);
	}

	get length(): number {
		return this.#length;
	}

	/** The bytes appended so far, not copied: valid until the next change. */
	get content(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	/** Drops everything after the first `length` bytes. */
	truncate(length: number): void {
		this.#length = length;
	}

	append({ words, length }: ByteConstant): void {
		this.#reserve(length);
		const view = this.#view;
		let position = this.#length;
		for (let index = 0; index < words.length; index++) {
			view.setUint32(position, words[index], true);
			position += 4;
		}
		this.#length += length;
	}

	appendBuffer(other: ByteBuffer): void {
		const length = other.#length;
		this.#reserve(length);
		const source = other.#view;
		const target = this.#view;
		const start = this.#length;
		for (let index = 0; index < length; index += 4) {
			target.setUint32(start + index, source.getUint32(index, true), true);
		}
		this.#length = start + length;
	}

	/** Appends the bytes if none of them may need an escape in a JSON string; otherwise appends nothing and returns false. */
	appendIfPlain(source: Uint8Array, start: number, end: number): boolean {
		this.#reserve(end - start);
		const bytes = this.#bytes;
		let position = this.#length;
		for (let index = start; index < end; index++) {
			const byte = source[index];
			if (plainBytes[byte] === 0) return false;
			bytes[position++] = byte;
		}
		this.#length = position;
		return true;
	}

	appendByte(byte: number): void {
		this.#reserve(1);
		this.#bytes[this.#length++] = byte;
	}

	appendBytes(source: Uint8Array): void {
		this.#reserve(source.length);
		this.#bytes.set(source, this.#length);
		this.#length += source.length;
	}

	appendText(text: string): void {
		// UTF-8 needs at most three bytes for each UTF-16 code unit.
		this.#reserve(text.length * 3);
		this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
	}

	/** Appends a finite number as JSON writes it. Sizes, owners and most times are 32-bit integers, which need no string. */
	appendNumber(value: number): void {
		if (value !== value >>> 0) this.appendText(String(value));
		else if (value < 10) this.appendByte(0x30 + value);
		else this.#appendDigits(value);
	}

	#appendDigits(value: number): void {
		this.#reserve(10);
		const count = countDigits(value);
		let position = this.#length + count;
		this.#length = position;
		let remaining = value;
		while (remaining >= 10) {
			const rest = (remaining / 100) >>> 0;
			position -= 2;
			this.#view.setUint16(position, digitPairs[remaining - rest * 100], true);
			remaining = rest;
		}
		if ((count & 1) === 1) this.#bytes[position - 1] = 0x30 + remaining;
	}

	/** Makes room for `count` bytes, and for the padding of the last word of four. */
	#reserve(count: number): void {
		const needed = this.#length + count + 4;
		if (needed <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
		larger.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = larger;
		this.#view = new DataView(larger.buffer);
	}
}

function countDigits(value: number): number {
	let digits = 2;
	for (let limit = 100; value >= limit; limit *= 10) digits += 1;
	return digits;
}
