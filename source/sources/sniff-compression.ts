import { type Compression, detectCompression, MAGIC_BYTES } from '../tar/compression/compression.ts';
import type { Chunks } from '../tar/compression/unpack.ts';

export interface SniffedStream {
	readonly compression: Compression;
	/** All of it, the first bytes as well. To stop reading closes the source. */
	readonly chunks: Chunks;
	readonly isEmpty: boolean;
}

/** Tells how a stream is packed by its first bytes. Throws what the source throws. */
export async function sniffCompression(source: Chunks): Promise<SniffedStream> {
	const iterator = source[Symbol.asyncIterator]();
	let start: Uint8Array = new Uint8Array(0);
	while (start.length < MAGIC_BYTES) {
		const next = await iterator.next();
		if (next.done) break;
		start = Buffer.concat([start, next.value]);
	}
	const first = start;
	const whole = async function* (): AsyncGenerator<Uint8Array> {
		try {
			yield first;
			yield* { [Symbol.asyncIterator]: () => iterator };
		} finally {
			// A reader that stops at the first bytes has not come to the source yet.
			await iterator.return?.();
		}
	};
	return { compression: detectCompression(start), chunks: whole(), isEmpty: start.length === 0 };
}
