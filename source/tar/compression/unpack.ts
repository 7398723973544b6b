import { createRequire } from 'node:module';
import { PassThrough, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { copyOf } from '../../columns/copy-of.ts';
import { type DecoderVerdict, packedDataError } from '../tar-error.ts';
import { type CompressedFormat, type Compression, unknownCompression } from './compression.ts';
import { createSyncInflater } from './create-inflater.ts';

/** The packages for rare formats are loaded with the first such file. */
const require = createRequire(import.meta.url);
const rareDecoders = (): typeof import('./rare-decoders.ts') =>
	// The file has the ending of this one: `.ts` in the source, `.js` in the built program.
	require(`./rare-decoders${import.meta.url.slice(-3)}`);

/** Chunks whose buffer the producer may reuse once the next one is requested. */
export type Chunks = AsyncIterable<Uint8Array>;

/**
 * Unpacks `source` and gives `sink` each piece in turn; the pieces are views that are valid during the call only.
 * Throws `TarError` on damaged data or data that ends too early.
 */
export async function unpack(
	source: Chunks,
	format: Compression,
	sink: (piece: Uint8Array) => void,
): Promise<void> {
	if (format === 'none') {
		for await (const chunk of source) sink(chunk);
		return;
	}
	const inflater = createSyncInflater(format);
	if (inflater === null) {
		for await (const piece of decodedPieces(source, format)) sink(piece);
		return;
	}
	let taken = 0;
	try {
		for await (const chunk of source) {
			taken += chunk.length;
			inflate(format, taken, () => inflater.write(chunk, sink));
		}
		inflate(format, taken, () => inflater.finish(sink));
	} finally {
		inflater.close();
	}
}

/** Runs one call of an inflater that has been given `taken` bytes. Throws `TarError` in place of zlib's errors; those of the sink pass through. */
export function inflate(format: Compression, taken: number, work: () => void): void {
	try {
		work();
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
	const input = Readable.from(counted);
	const pieces = openDecoder(input, format)[Symbol.asyncIterator]();
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
		// When the caller stops early, the source would stay open, and its file with it.
		input.destroy();
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

	/** A stream queues its input, so a chunk whose buffer is reused has to be copied. */
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

function openDecoder(input: Readable, format: CompressedFormat): Chunks {
	switch (format) {
		case 'xz': {
			const { XzReadableStream } = rareDecoders();
			return new XzReadableStream(Readable.toWeb(input) as ReadableStream<Uint8Array>);
		}
		case 'bzip2':
			return piped(input, rareDecoders().unbzip2());
		case 'zstd':
			return piped(input, createZstdDecompress());
		case 'gzip':
			return piped(input, createGunzip());
		default:
			throw unknownCompression(format);
	}
}

/** Forwards errors, which `pipe` does not, and wraps streams of the oldest kind. */
function piped(input: Readable, decoder: NodeJS.ReadWriteStream): Chunks {
	const output = new PassThrough();
	input.on('error', (error) => output.destroy(error));
	decoder.on('error', (error: Error) => output.destroy(error));
	input.pipe(decoder).pipe(output);
	return output;
}

function isZlibError({ code }: Error & { readonly code?: unknown }): boolean {
	return typeof code === 'string' && /^(?:Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(code);
}

/** The messages of zlib and zstd, and the error codes of xz-embedded. unbzip2-stream reads beyond the end of its input. */
function verdictOf(error: unknown): DecoderVerdict {
	const words = String(error);
	if (/unexpected end|Z_BUF_ERROR|truncated|premature|error code 8$/i.test(words)) return 'ended';
	if (/^TypeError: .*undefined/.test(words)) return 'ended';
	// The decoder refuses more than 128 MiB by default (RFC 8878, 3.1.1.1.2 "Window_Descriptor"), and so do engines.
	if (/windowTooLarge|too much memory/.test(words)) return 'window-too-large';
	return /error code [36]$/.test(words) ? 'unknown-option' : 'damaged';
}
