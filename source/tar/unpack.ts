import { createRequire } from 'node:module';
import { PassThrough, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { copyOf } from '../columns/copy-of.ts';
import type { Compression } from './compression.ts';
import { createSyncInflater } from './create-inflater.ts';
import { type DecoderVerdict, packedDataError } from './tar-error.ts';

/** The packages for rare formats are loaded when the first such file comes. */
const require = createRequire(import.meta.url);
const rareDecoders = (): typeof import('./rare-decoders.ts') =>
	// The file has the ending of this one: `.ts` in the source, `.js` in the built program.
	require(`./rare-decoders${import.meta.url.slice(-3)}`);

/** Chunks that may be used again by their producer once the next one is asked for. */
export type Chunks = AsyncIterable<Uint8Array>;

/**
 * Unpacks `source` and gives `sink` each piece in turn; the pieces are views that do not outlive the call.
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

/** Runs one call of an inflater that has been given `taken` bytes. Throws `TarError` in place of zlib's error; errors of the sink pass. */
export function inflate(format: Compression, taken: number, work: () => void): void {
	try {
		work();
	} catch (error) {
		if (!(error instanceof Error) || !isZlibError(error)) throw error;
		throw packedDataError({ format, taken }, verdictOf(error), error);
	}
}

/**
 * The pieces that a decoder of Node's or of a package makes of `source`: slower than an inflater of our own, and for all formats. Throws
 * `TarError` like `unpack`.
 */
export async function* decodedPieces(source: Chunks, format: Compression): AsyncGenerator<Uint8Array> {
	const counted = new CountedSource(source);
	const input = Readable.from(counted);
	const pieces = openDecoder(input, format)[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await pieces.next().catch((error: unknown) => {
				if (counted.failure !== null) throw counted.failure;
				// Whatever a decoder throws, be it a TypeError, it throws because of its data.
				throw packedDataError({ format, taken: counted.taken }, verdictOf(error), error);
			});
			if (next.done) return;
			yield next.value;
		}
	} finally {
		// Whoever leaves early leaves the source where it is, with its file open.
		input.destroy();
	}
}

/** Keeps count, and keeps its own failure apart from those of a decoder that reads it. */
class CountedSource implements AsyncIterable<Uint8Array> {
	taken = 0;
	failure: unknown = null;
	readonly #chunks: Chunks;

	constructor(chunks: Chunks) {
		this.#chunks = chunks;
	}

	/** A stream queues what it is given, so a chunk that is used again has to be copied for it. */
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

function openDecoder(input: Readable, format: Compression): Chunks {
	switch (format) {
		case 'xz': {
			const { XzReadableStream } = rareDecoders();
			return new XzReadableStream(Readable.toWeb(input) as ReadableStream<Uint8Array>);
		}
		case 'bzip2':
			return piped(input, rareDecoders().unbzip2());
		case 'zstd':
			return piped(input, createZstdDecompress());
		default:
			return piped(input, createGunzip());
	}
}

/** Passes errors on, which `pipe` does not, and makes a stream of today of one of the oldest kind. */
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

/** The words of zlib and zstd, and the numbers that xz-embedded has for it. unbzip2-stream reads on where there is nothing any more. */
function verdictOf(error: unknown): DecoderVerdict {
	const words = String(error);
	if (/unexpected end|Z_BUF_ERROR|truncated|premature|error code 8$/i.test(words)) return 'ended';
	if (/^TypeError: .*undefined/.test(words)) return 'ended';
	return /error code [36]$/.test(words) ? 'unknown-option' : 'damaged';
}
