import { copyOf } from '../../columns/copy-of.ts';
import type { Compression } from './compression.ts';
import { createSyncInflater } from './create-inflater.ts';
import { type Chunks, decodedPieces, inflate } from './unpack.ts';

/**
 * Unpacks `source` step by step, so that the caller can pause between two steps and stop at any time. `sink` gets what each step yields, in
 * views that are valid during the call only. Throws `TarError` on damaged data or data that ends too early.
 */
export async function* unpackInSteps(
	source: Chunks,
	format: Compression,
	sink: (piece: Uint8Array) => void,
): AsyncGenerator<void> {
	const inflater = createSyncInflater(format);
	if (inflater === null) {
		for await (const piece of format === 'none' ? source : decodedPieces(source, format)) yield sink(piece);
		return;
	}
	let taken = 0;
	try {
		for await (const chunk of source) {
			taken += chunk.length;
			const steps = inflater.writeInSteps(chunk, sink);
			while (inflate(format, taken, () => steps.next().done) !== true) yield;
			yield;
		}
		inflate(format, taken, () => inflater.finish(sink));
	} finally {
		inflater.close();
	}
}

/** The same in chunks that belong to the caller. */
export async function* unpackedChunks(source: Chunks, format: Compression): AsyncGenerator<Uint8Array> {
	const pieces: Uint8Array[] = [];
	for await (const _ of unpackInSteps(source, format, (piece) => pieces.push(copyOf(piece)))) {
		yield* pieces.splice(0);
	}
	yield* pieces;
}
