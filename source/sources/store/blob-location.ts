import { closeSync, openSync, readSync } from 'node:fs';
import { maximumDocumentBytes } from '../../image/json.ts';
import { type Compression, detectCompression, MAGIC_BYTES } from '../../tar/compression/compression.ts';
import type { FileRange } from '../../tar/window-reader.ts';

/** Where a blob lies: a whole file, or part of an archive. */
export interface BlobLocation {
	readonly path: string;
	readonly start: number;
	readonly bytes: number;
}

/** Calls `use` with the open range, and closes the file whatever happens. */
export async function withRange<T>(
	{ path, start, bytes }: BlobLocation,
	use: (range: FileRange) => Promise<T> | T,
): Promise<T> {
	const fd = openSync(path, 'r');
	try {
		return await use({ fd, start, bytes });
	} finally {
		closeSync(fd);
	}
}

/** The first bytes of a range, as many as there are up to `length`. */
export function readStart({ fd, start, bytes }: FileRange, length: number): Uint8Array {
	const buffer = new Uint8Array(Math.min(length, bytes));
	let filled = 0;
	while (filled < buffer.length) {
		const read = readSync(fd, buffer, filled, buffer.length - filled, start + filled);
		if (read === 0) break;
		filled += read;
	}
	return buffer.subarray(0, filled);
}

/** A JSON document, cut just above the largest size that is parsed, so that the parser refuses what is larger. */
export async function readDocument(location: BlobLocation): Promise<Uint8Array> {
	return withRange(location, (range) => readStart(range, maximumDocumentBytes + 1));
}

const CHUNK_BYTES = 256 * 1024;

/** The chunks of a range, in one buffer that is used again. */
export async function* chunksOf({ fd, start, bytes }: FileRange): AsyncGenerator<Uint8Array> {
	const buffer = new Uint8Array(Math.min(CHUNK_BYTES, bytes));
	let position = 0;
	while (position < bytes) {
		const read = readSync(fd, buffer, 0, Math.min(buffer.length, bytes - position), start + position);
		if (read === 0) return;
		position += read;
		yield buffer.subarray(0, read);
	}
}

/** The chunks of a blob, whose file is open as long as they are read. */
export async function* blobChunks({ path, start, bytes }: BlobLocation): AsyncGenerator<Uint8Array> {
	const fd = openSync(path, 'r');
	try {
		yield* chunksOf({ fd, start, bytes });
	} finally {
		closeSync(fd);
	}
}

/** Tells how a blob on disk is packed. */
export function compressionOf(location: BlobLocation): Promise<Compression> {
	return withRange(location, (range) => detectCompression(readStart(range, MAGIC_BYTES)));
}
