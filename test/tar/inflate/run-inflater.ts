import type { SyncInflater } from '../../../source/tar/compression/sync-inflater.ts';

export interface Outcome {
	readonly output: Buffer;
	/** The code of zlib, or null when all went well. */
	readonly fault: string | null;
}

/** Gives the inflater the chunks in turn, each in a buffer that is overwritten afterwards. Closes it. */
export function runInflater(inflater: SyncInflater | null, chunks: readonly Uint8Array[]): Outcome {
	if (inflater === null) throw new Error('no inflater');
	const pieces: Buffer[] = [];
	const sink = (piece: Uint8Array) => void pieces.push(Buffer.from(piece));
	try {
		for (const chunk of chunks) {
			const passing = Buffer.from(chunk);
			inflater.write(passing, sink);
			passing.fill(0xaa);
		}
		inflater.finish(sink);
		return { output: Buffer.concat(pieces), fault: null };
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error;
		return { output: Buffer.concat(pieces), fault: String(error.code) };
	} finally {
		inflater.close();
	}
}

/** Cuts at the given places, which may lie outside. */
export function cut(data: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
	const inside = [...new Set(places.filter((place) => place > 0 && place < data.length))].sort(
		(a, b) => a - b,
	);
	return [0, ...inside].map((start, index) => data.subarray(start, inside[index] ?? data.length));
}
