import { type Compression, detectCompression, MAGIC_BYTES } from '../tar/compression/compression.ts';
import type { Chunks } from '../tar/compression/unpack.ts';

/** Tells how a stream is packed by its first bytes, and gives them back in front of the rest. */
export async function sniffCompression(
	source: Chunks,
): Promise<{ readonly compression: Compression; readonly chunks: Chunks }> {
	const iterator = source[Symbol.asyncIterator]();
	let start: Uint8Array = new Uint8Array(0);
	while (start.length < MAGIC_BYTES) {
		const next = await iterator.next();
		if (next.done) break;
		start = Buffer.concat([start, next.value]);
	}
	const first = start;
	const whole = async function* (): AsyncGenerator<Uint8Array> {
		yield first;
		yield* { [Symbol.asyncIterator]: () => iterator };
	};
	return { compression: detectCompression(start), chunks: whole() };
}
