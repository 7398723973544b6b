import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { CompressionDifference } from '../../../diff/reproducible/compression-difference.ts';
import { compareGzipHeaders, gzipHeaderOf } from '../../../diff/reproducible/gzip-header.ts';
import type { TimeSlice } from '../../../sources/time-slice.ts';
import { detectCompression } from '../../../tar/compression/compression.ts';
import { ByteQueue } from '../../../tar/raw/byte-queue.ts';
import { compareSequences } from './compare-sequences.ts';

/** As much as a gzip header has at most, where its name and comment are of any use. */
const START_BYTES = 128 * 1024;

/** Compares the blobs of two layers whose tars are equal; null where the blobs are too. Throws what the chunks throw, and `interrupted`. */
export async function compareBlobs(
	[older, newer]: Both<AsyncIterable<Uint8Array>>,
	slice: TimeSlice,
): Promise<CompressionDifference | null> {
	const queues: Both<ByteQueue> = [new ByteQueue(older), new ByteQueue(newer)];
	try {
		return await compareQueues(queues, slice);
	} finally {
		await Promise.all(queues.map((queue) => queue.close()));
	}
}

async function compareQueues(
	[older, newer]: Both<ByteQueue>,
	slice: TimeSlice,
): Promise<CompressionDifference | null> {
	const starts = [await older.peek(START_BYTES), await newer.peek(START_BYTES)] as const;
	const formats = [detectCompression(starts[0]), detectCompression(starts[1])] as const;
	if (formats[0] !== formats[1]) return { kind: 'format', formats };
	const [before, after] = starts.map(gzipHeaderOf);
	const fields = before && after ? compareGzipHeaders(before, after) : [];
	if (before && after && fields.length > 0) {
		older.drop(before.bytes);
		newer.drop(after.bytes);
	}
	const most = Number.POSITIVE_INFINITY;
	const { difference, bytes } = await compareSequences(
		[() => older.take(most), () => newer.take(most)],
		slice,
	);
	if (fields.length > 0) return { kind: 'gzip-header', fields, data: difference };
	return difference && { kind: 'data', format: formats[0], bytes, at: difference };
}
