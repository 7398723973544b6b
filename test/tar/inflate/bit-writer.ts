/** Writes DEFLATE data bit by bit (RFC 1951, 3.1.1). */
export class BitWriter {
	readonly #bits: number[] = [];

	/** A number, lowest bit first. */
	number(value: number, bits: number): this {
		for (let bit = 0; bit < bits; bit++) this.#bits.push((value >> bit) & 1);
		return this;
	}

	/** A codeword, highest bit first. */
	codeword(value: number, bits: number): this {
		for (let bit = bits - 1; bit >= 0; bit--) this.#bits.push((value >> bit) & 1);
		return this;
	}

	bytes(): Buffer {
		const bytes = Buffer.alloc(Math.ceil(this.#bits.length / 8));
		this.#bits.forEach((bit, index) => {
			bytes[index >> 3] |= bit << (index & 7);
		});
		return bytes;
	}
}

/** The header of a last block with codes of these lengths, each length written as itself: of 19 code lengths 13 take 4 bits, and 6 take 5. */
export function dynamicHeader(literals: readonly number[], distances: readonly number[]): BitWriter {
	const writer = new BitWriter().number(1, 1).number(2, 2);
	writer
		.number(literals.length - 257, 5)
		.number(distances.length - 1, 5)
		.number(15, 4);
	for (const symbol of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]) {
		writer.number(symbol < 13 ? 4 : 5, 3);
	}
	for (const length of [...literals, ...distances]) {
		if (length < 13) writer.codeword(length, 4);
		else writer.codeword(26 + length - 13, 5);
	}
	return writer;
}
