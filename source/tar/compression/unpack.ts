import { type Duplex, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { copyOf } from '../../columns/copy-of.ts';
import { type DecoderVerdict, packedDataError } from '../tar-error.ts';
import { bzip2Blocks } from './bzip2-blocks.ts';
import { type CompressedFormat, type Compression, unknownCompression } from './compression.ts';
import { createSyncInflater } from './create-inflater.ts';
import { xzPieces } from './xz-pieces.ts';

/** Chunks whose buffer the producer may reuse once the next one is requested. */
export type Chunks = AsyncIterable<Uint8Array>;

/** Called between small pieces of work; its promise is awaited. */
export type Pause = () => Promise<void> | undefined;

/**
 * Unpacks `source` and gives `sink` each piece in turn; the pieces are views that are valid during the call only. A chunk may become
 * thirty thousand times as many bytes, so `pause` is called between pieces too. Throws `TarError` on damaged data or data that ends too
 * early.
 */
export async function unpack(
	source: Chunks,
	format: Compression,
	sink: (piece: Uint8Array) => void,
	pause: Pause = () => undefined,
): Promise<void> {
	const inflater = createSyncInflater(format);
	if (inflater === null) {
		for await (const piece of format === 'none' ? source : decodedPieces(source, format)) {
			sink(piece);
			const pausing = pause();
			if (pausing) await pausing;
		}
		return;
	}
	let taken = 0;
	try {
		for await (const chunk of source) {
			taken += chunk.length;
			const steps = inflater.writeInSteps(chunk, sink);
			for (let isDone = false; !isDone; ) {
				isDone = inflate(format, taken, () => steps.next().done === true);
				const pausing = pause();
				if (pausing) await pausing;
			}
		}
		inflate(format, taken, () => inflater.finish(sink));
	} finally {
		inflater.close();
	}
}

/** Runs one call of an inflater that has been given `taken` bytes. Throws `TarError` in place of zlib's errors; those of the sink pass through. */
export function inflate<T>(format: Compression, taken: number, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof Error) || !isZlibError(error)) throw error;
		throw packedDataError({ format, taken }, verdictOf(error), error);
	}
}

/**
 * `source` unpacked by a decoder of Node or of a package, which is slower than an inflater but exists for every format. Throws `TarError`
 * like `unpack`.
 */
export async function* decodedPieces(source: Chunks, format: CompressedFormat): AsyncGenerator<Uint8Array> {
	const counted = new CountedSource(source);
	const pieces = openDecoder(counted, format)[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await pieces.next().catch((error: unknown) => {
				if (counted.failure !== null) throw counted.failure;
				// Whatever a decoder throws, even a TypeError, is caused by its data.
				throw packedDataError({ format, taken: counted.taken }, verdictOf(error), error);
			});
			if (next.done) return;
			yield next.value;
		}
	} finally {
		// When the caller stops early, the decoder would keep its memory, and the source its file.
		await pieces.return?.();
	}
}

/** Counts bytes, and tells its own failure from those of the decoder that reads it. */
class CountedSource implements AsyncIterable<Uint8Array> {
	taken = 0;
	failure: unknown = null;
	readonly #chunks: Chunks;

	constructor(chunks: Chunks) {
		this.#chunks = chunks;
	}

	/** A decoder may queue its input, so a chunk whose buffer is reused has to be copied. */
	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		try {
			for await (const chunk of this.#chunks) {
				this.taken += chunk.length;
				yield copyOf(chunk);
			}
		} catch (error) {
			this.failure = error;
			throw error;
		}
	}
}

function openDecoder(source: Chunks, format: CompressedFormat): Chunks {
	switch (format) {
		case 'xz':
			return xzPieces(source);
		case 'bzip2':
			return bzip2Blocks(source);
		case 'zstd':
			return piped(source, createZstdDecompress());
		case 'gzip':
			return piped(source, createGunzip());
		default:
			throw unknownCompression(format);
	}
}

async function* piped(source: Chunks, decoder: Duplex): AsyncGenerator<Uint8Array> {
	const input = Readable.from(source);
	// A pipe does not forward errors, and ends neither side when the other one is left.
	input.on('error', (error) => decoder.destroy(error));
	try {
		yield* input.pipe(decoder);
	} finally {
		input.destroy();
	}
}

function isZlibError({ code }: Error & { readonly code?: unknown }): boolean {
	return typeof code === 'string' && /^(?:Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(code);
}

/** The messages of zlib and zstd, and the error codes of xz-embedded. The decoder of bzip2 reads beyond the end of its input. */
function verdictOf(error: unknown): DecoderVerdict {
	const words = String(error);
	if (/unexpected end|Z_BUF_ERROR|truncated|premature|error code 8$/i.test(words)) return 'ended';
	if (/^TypeError: .*undefined/.test(words)) return 'ended';
	// The decoder refuses more than 128 MiB by default (RFC 8878, 3.1.1.1.2 "Window_Descriptor"), and so do engines.
	if (/windowTooLarge|too much memory/.test(words)) return 'window-too-large';
	return /error code [36]$/.test(words) ? 'unknown-option' : 'damaged';
}
