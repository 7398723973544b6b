// @ts-expect-error The package describes its stream alone, which decodes all that it has been given without a pause.
import bitIterator from 'unbzip2-stream/lib/bit_iterator.js';
// @ts-expect-error See above.
import blockDecoder from 'unbzip2-stream/lib/bzip2.js';
import xz from 'xz-decompress';

/* What is loaded only for the first file in a format that few images have. */

/** Reads bits; null skips those up to the next byte. */
export interface BitReader {
	(count: number | null): number;
	/** The bytes of which at least one bit was read. */
	readonly bytesRead: number;
}

export interface Bzip2 {
	/** The size of blocks in units of 100,000 bytes. Throws for anything but the header of a stream. */
	header(bits: BitReader): number;
	/**
	 * Decodes one block and calls `write` for each byte. Returns the checksum of the stream so far; null at the end of the stream, where it is
	 * checked. Throws on damaged data.
	 */
	decompress(
		bits: BitReader,
		write: (byte: number) => void,
		block: Int32Array,
		blockLength: number,
		checksum: number,
	): number | null;
}

/** Reads bits from the chunks that `next` returns. The reader throws a TypeError where there is none. */
export const bitReaderOf: (next: () => Uint8Array | undefined) => BitReader = bitIterator;

export const bzip2: Bzip2 = blockDecoder;

/** What xz-embedded exports, compiled by xz-decompress. A context begins with its input and output buffers and their positions. */
export interface XzProgram {
	readonly memory: { readonly buffer: ArrayBuffer };
	create_context(): number;
	supply_input(context: number, bytes: number): void;
	get_next_output(context: number): number;
}

/** The package lets one stream decode at a time, and a paused one keeps all others waiting. This is what it has below its stream. */
interface XzLoader {
	_getModuleInstance(): Promise<void>;
	readonly _moduleInstance: { readonly exports: XzProgram };
}

let loading: Promise<unknown> = Promise.resolve();

/** A program with a memory of its own. */
export function newXzProgram(): Promise<XzProgram> {
	const loader = xz.XzReadableStream as unknown as XzLoader;
	const loaded = loading.then(async () => {
		await loader._getModuleInstance();
		return loader._moduleInstance.exports;
	});
	loading = loaded.catch(() => {});
	return loaded;
}
