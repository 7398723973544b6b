import { readSync } from 'node:fs';
import { copyOf } from '../../columns/copy-of.ts';
import { type DeflateDecoder, giveBack, takeDecoder } from '../inflate/deflate-decoder.ts';
import type { FileRange } from '../window-reader.ts';
import { EntrySearch } from './entry-search.ts';
import { blockStartOf, firstByte, type SplitPoint } from './split-point.ts';

/** Blocks are rarely longer than this, except in files that cannot be compressed. */
const SEARCHED_BYTES = 192 * 1024;
const SEARCH_STEP_BYTES = 64 * 1024;
/** Longer than any header of a block. Steps overlap by this much, so that no header is missed. */
const STEP_OVERLAP_BYTES = 1024;
/** Compressed bytes, which may become a thousand times as many. */
const STREAMED_BYTES = 4 * 1024;
/** How far distances reach back. */
const HISTORY_BYTES = 32 * 1024;
const MOST_UNCERTAIN_BYTES = 4 * 1024 * 1024;
const MOST_SKIPPED_BYTES = 12 * 1024 * 1024;

/**
 * Looks for a split point shortly behind the byte `near` of a gzip layer; null when none is found soon. It is certain only once the layer
 * has been read up to there, because what looks like a block or an entry may be the content of a file.
 */
export function findSplitPoint(range: FileRange, near: number): SplitPoint | null {
	const decoders = [takeDecoder(), takeDecoder()] as const;
	const [first, second] = decoders;
	try {
		if (first === null || second === null) return null;
		const packedBit = findBlock(range, near, first);
		return packedBit === -1 ? null : findEntry(range, packedBit, [first, second]);
	} catch (error) {
		if (isDamage(error)) return null;
		throw error;
	} finally {
		for (const decoder of decoders) if (decoder) giveBack(decoder);
	}
}

function findBlock(range: FileRange, near: number, decoder: DeflateDecoder): number {
	const buffer = new Uint8Array(SEARCH_STEP_BYTES);
	for (let start = near; start < near + SEARCHED_BYTES; start += SEARCH_STEP_BYTES - STEP_OVERLAP_BYTES) {
		const bit = decoder.findBlock(readAt(range, start, buffer));
		if (bit !== -1) return start * 8 + bit;
	}
	return -1;
}

/**
 * The 32 KiB before the block are unknown, and so is everything that is copied from there. Therefore the data is inflated twice, once after
 * zeros and once after ones: when the last 32 KiB are the same both times, all that follows is certain.
 */
function findEntry(
	range: FileRange,
	packedBit: number,
	[first, second]: readonly [DeflateDecoder, DeflateDecoder],
): SplitPoint | null {
	const block = { packedBit, skippedBytes: 0 };
	const chunks = chunksFrom(range, firstByte(block));
	const start = blockStartOf(block, readAt(range, firstByte(block) - 1, new Uint8Array(1))[0] ?? 0);
	first.beginInside(start, 0);
	second.beginInside(start, 0xff);
	const uncertainBytes = inflateUntilCertain(chunks, [first, second]);
	if (uncertainBytes === -1) return null;
	const skippedBytes = inflateUntilEntry(chunks, first, uncertainBytes);
	return skippedBytes === -1 ? null : { packedBit, skippedBytes };
}

/** Returns the number of inflated bytes; -1 when they are too many, or at the end of the data. */
function inflateUntilCertain(
	chunks: Iterator<Uint8Array>,
	[first, second]: readonly [DeflateDecoder, DeflateDecoder],
): number {
	let bytes = 0;
	let certainBytes = 0;
	while (certainBytes < HISTORY_BYTES) {
		const { value: chunk, done } = chunks.next();
		const pieces: Uint8Array[] = [];
		if (done || !inflate(first, chunk, (piece) => void pieces.push(copyOf(piece)))) return -1;
		// Both yield pieces of the same lengths, because those depend on the codes only.
		inflate(second, chunk, (piece) => {
			const same = sameBytesAtEnd(pieces.shift() ?? piece, piece);
			certainBytes = same === piece.length ? certainBytes + same : same;
			bytes += piece.length;
		});
		if (bytes > MOST_UNCERTAIN_BYTES) return -1;
	}
	return bytes;
}

/** Continues at position `start`; returns the position of an entry, or -1. */
function inflateUntilEntry(chunks: Iterator<Uint8Array>, decoder: DeflateDecoder, start: number): number {
	const search = new EntrySearch(start);
	let bytes = start;
	let found = -1;
	while (found === -1 && bytes < MOST_SKIPPED_BYTES) {
		const { value: chunk, done } = chunks.next();
		const goesOn =
			!done &&
			inflate(decoder, chunk, (piece) => {
				bytes += piece.length;
				if (found === -1) found = search.take(piece);
			});
		if (!goesOn) break;
	}
	return found;
}

/** The number of equal bytes at the end, as far as it matters. */
function sameBytesAtEnd(one: Uint8Array, other: Uint8Array): number {
	const most = Math.min(one.length, HISTORY_BYTES);
	let same = 0;
	while (same < most && one[one.length - 1 - same] === other[other.length - 1 - same]) same += 1;
	return same === HISTORY_BYTES ? one.length : same;
}

/** False at the end of the data. */
function inflate(decoder: DeflateDecoder, chunk: Uint8Array, sink: (output: Uint8Array) => void): boolean {
	decoder.addInput(chunk, 0);
	if (decoder.run(sink)) return false;
	decoder.deliver(sink);
	return true;
}

function* chunksFrom(range: FileRange, start: number): Generator<Uint8Array, undefined> {
	const buffer = new Uint8Array(STREAMED_BYTES);
	for (let position = start; position < range.bytes; ) {
		const chunk = readAt(range, position, buffer);
		if (chunk.length === 0) return;
		position += chunk.length;
		yield chunk;
	}
}

/** Fills the buffer, except at the end of the range. */
function readAt({ fd, start, bytes }: FileRange, position: number, buffer: Uint8Array): Uint8Array {
	const wanted = Math.max(0, Math.min(buffer.length, bytes - position));
	return buffer.subarray(0, readSync(fd, buffer, 0, wanted, start + position));
}

function isDamage(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'Z_DATA_ERROR';
}
