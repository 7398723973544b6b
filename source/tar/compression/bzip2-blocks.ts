import { rareDecoders } from './load-rare-decoders.ts';
import type { BitReader } from './rare-decoders.ts';

const BLOCK_UNIT_BYTES = 100_000;
/** More than the header of a block with its tables. */
const BLOCK_HEADER_BYTES = 25_000;

/**
 * Decodes bzip2 streams that follow each other, block by block, so that the caller can pause between two blocks. It keeps the chunks; its
 * pieces are views that are valid until the next one is requested. Throws on damaged data and on data that ends too early.
 */
export async function* bzip2Blocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const decoder = new BlockDecoder();
	for await (const chunk of source) {
		decoder.add(chunk);
		while (decoder.hasWholeBlock) yield decoder.next();
	}
	while (decoder.hasInput) yield decoder.next();
	decoder.end();
}

class BlockDecoder {
	readonly #chunks: Uint8Array[] = [];
	#bits: BitReader | null = null;
	#addedBytes = 0;
	/** 0 before the header of a stream. */
	#blockBytes = 0;
	#block = new Int32Array(0);
	#checksum: number | null = null;
	#output = new Uint8Array(BLOCK_UNIT_BYTES);
	#written = 0;

	add(chunk: Uint8Array): void {
		this.#chunks.push(chunk);
		this.#addedBytes += chunk.length;
	}

	get hasInput(): boolean {
		return this.#addedBytes > this.#readBytes;
	}

	/** Whether the next block is there to its end. A block that cannot be compressed is hardly longer than its content. */
	get hasWholeBlock(): boolean {
		const needed = this.#blockBytes === 0 ? 4 : BLOCK_HEADER_BYTES + this.#blockBytes;
		return this.#addedBytes - this.#readBytes >= needed;
	}

	/** Decodes the header of a stream, a block, or the end of a stream. */
	next(): Uint8Array {
		const { bzip2, bitReaderOf } = rareDecoders();
		this.#bits ??= bitReaderOf(() => this.#chunks.shift());
		this.#written = 0;
		if (this.#blockBytes === 0) {
			this.#blockBytes = BLOCK_UNIT_BYTES * bzip2.header(this.#bits);
			this.#block = new Int32Array(this.#blockBytes);
			this.#checksum = 0;
		} else {
			const write = (byte: number): void => this.#write(byte);
			const { length } = this.#block;
			this.#checksum = bzip2.decompress(this.#bits, write, this.#block, length, this.#checksum ?? 0);
			if (this.#checksum === null) this.#blockBytes = 0;
		}
		return this.#output.subarray(0, this.#written);
	}

	end(): void {
		if (this.#blockBytes !== 0) throw new Error('unexpected end of file');
	}

	get #readBytes(): number {
		return this.#bits?.bytesRead ?? 0;
	}

	#write(byte: number): void {
		if (this.#written === this.#output.length) {
			const larger = new Uint8Array(this.#output.length * 2);
			larger.set(this.#output);
			this.#output = larger;
		}
		this.#output[this.#written++] = byte;
	}
}
