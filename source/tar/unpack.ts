import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { copyOf } from '../columns/copy-of.ts';
import type { Compression } from './compression.ts';
import { compressedDataFault } from './tar-fault.ts';
import { createSyncInflater } from './zlib-handle.ts';

/** Chunks that may be used again by their producer once the next one is asked for. */
export type Chunks = AsyncIterable<Uint8Array>;

/**
 * Unpacks `source` and gives `sink` each piece in turn; the pieces are views that do not outlive the call.
 * Throws `TarFault` on damaged data or data that ends too early.
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
	if (inflater === null) return unpackAsStream(source, format, sink);
	try {
		for await (const chunk of source) inflate(format, () => inflater.write(chunk, sink));
		inflate(format, () => inflater.finish(sink));
	} finally {
		inflater.close();
	}
}

/** Runs one call of an inflater. Throws `TarFault` in place of zlib's error. */
export function inflate(format: Compression, work: () => void): void {
	try {
		work();
	} catch (error) {
		throw asFault(format, error);
	}
}

async function unpackAsStream(
	source: Chunks,
	format: Compression,
	sink: (piece: Uint8Array) => void,
): Promise<void> {
	const output = await openDecoder(copies(source), format);
	const pieces = output[Symbol.asyncIterator]();
	for (;;) {
		const next = await pieces.next().catch((error: unknown) => {
			throw asFault(format, error);
		});
		if (next.done) return;
		sink(next.value);
	}
}

/** A stream queues what it is given, so a chunk that is used again has to be copied for it. */
async function* copies(source: Chunks): AsyncGenerator<Uint8Array> {
	for await (const chunk of source) yield copyOf(chunk);
}

async function openDecoder(source: Chunks, format: Compression): Promise<Chunks> {
	const { Readable } = await import('node:stream');
	const input = Readable.from(source);
	switch (format) {
		case 'xz': {
			const { XzReadableStream } = await import('xz-decompress');
			return new XzReadableStream(Readable.toWeb(input) as ReadableStream<Uint8Array>);
		}
		case 'bzip2': {
			const { default: unbzip2 } = await import('unbzip2-stream');
			return piped(input, unbzip2());
		}
		case 'zstd':
			return piped(input, createZstdDecompress());
		default:
			return piped(input, createGunzip());
	}
}

/** Passes errors of the input on to the output, which `pipe` does not. */
function piped(input: Readable, output: NodeJS.ReadWriteStream & AsyncIterable<unknown>): Chunks {
	input.on('error', (error) => output.emit('error', error));
	return input.pipe(output) as unknown as Chunks;
}

function asFault(format: Compression, error: unknown): Error {
	if (!(error instanceof Error) || !isDataError(error)) return error as Error;
	return compressedDataFault(
		format,
		error,
		/unexpected end|Z_BUF_ERROR|truncated|premature/i.test(String(error)),
	);
}

/** Errors of the sink and of the source pass through: only what a decoder says of its data is a fault of the data. */
function isDataError(error: Error & { code?: unknown }): boolean {
	if (typeof error.code === 'string') return /^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(error.code);
	return error.constructor === Error || error.name === 'RuntimeError';
}
