import { copyOf } from '../columns/copy-of.ts';
import { type Compression, detectCompression, MAGIC_BYTES } from '../tar/compression/compression.ts';
import { createSyncInflater } from '../tar/compression/create-inflater.ts';
import type { Chunks } from '../tar/compression/unpack.ts';
import { unpackedChunks } from '../tar/compression/unpack-in-steps.ts';
import { TarError } from '../tar/tar-error.ts';
import { sniffCompression } from './sniff-compression.ts';

/** How often an archive may be compressed: a mistake makes it twice, and more is an attack. */
const MOST_TIMES = 4;

/** What is compressed more than once can become very much. Up to this many bytes any ratio is fine, and beyond it what deflate can reach at most. */
const ANY_RATIO_BYTES = 4 * 1024 ** 3;
const HIGHEST_RATIO = 1032;

/** Throws `unsupported` where what is compressed more than once unpacks to so much that it can only be an attack. */
export function requireSaneRatio(packedBytes: number, unpackedBytes: number): void {
	if (unpackedBytes <= Math.max(ANY_RATIO_BYTES, packedBytes * HIGHEST_RATIO)) return;
	throw new TarError('unsupported', 0, `it unpacks to more than ${HIGHEST_RATIO} times its size`);
}

/**
 * An archive, unpacked as often as it is compressed, as when a packed archive is packed once more; in small steps, so that the caller can pause
 * between two chunks. Throws `TarError` like `unpack`, and `unsupported` where it is compressed too often.
 */
export async function* unpackedArchive(
	source: Chunks,
	compression: Compression,
	times = 1,
): AsyncGenerator<Uint8Array> {
	if (times > MOST_TIMES)
		throw new TarError('unsupported', 0, `it is compressed more than ${MOST_TIMES} times over`);
	const { compression: inner, chunks } = await sniffCompression(unpackedChunks(source, compression));
	yield* inner === 'none' ? chunks : unpackedArchive(chunks, inner, times + 1);
}

/** Compressed bytes that an inflater is given at once: more may become very much. */
const STEP_BYTES = 1024;
/** The first bytes of what is unpacked are there long before this many were read. */
const MOST_PEEKED_BYTES = 64 * 1024;

/**
 * How the data is compressed that comes of unpacking `source`, and `source` again from its start. For formats without an inflater it is not known
 * before they are unpacked: null.
 */
export async function peekInside(
	source: Chunks,
	compression: Compression,
): Promise<{ readonly inner: Compression | null; readonly chunks: Chunks }> {
	const inflater = createSyncInflater(compression);
	if (inflater === null) return { inner: null, chunks: source };
	const iterator = source[Symbol.asyncIterator]();
	const read: Uint8Array[] = [];
	const start: number[] = [];
	const take = (piece: Uint8Array): void => {
		if (start.length < MAGIC_BYTES) start.push(...piece.subarray(0, MAGIC_BYTES - start.length));
	};
	try {
		for (let bytes = 0; start.length < MAGIC_BYTES && bytes < MOST_PEEKED_BYTES; ) {
			const next = await iterator.next();
			if (next.done) break;
			// The source may use its buffer again.
			const chunk = copyOf(next.value);
			read.push(chunk);
			bytes += chunk.length;
			for (let at = 0; at < chunk.length && start.length < MAGIC_BYTES; at += STEP_BYTES)
				tryTo(() => inflater.write(chunk.subarray(at, at + STEP_BYTES), take));
		}
	} finally {
		inflater.close();
	}
	return { inner: detectCompression(Uint8Array.from(start)), chunks: withStart(read, iterator) };
}

/** What is damaged shows, with its position, when all is unpacked. */
function tryTo(work: () => void): void {
	try {
		work();
	} catch {}
}

async function* withStart(
	start: readonly Uint8Array[],
	iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
	try {
		yield* start;
		yield* { [Symbol.asyncIterator]: () => iterator };
	} finally {
		await iterator.return?.();
	}
}
