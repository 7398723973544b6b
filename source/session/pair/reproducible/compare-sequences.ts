import type { Both } from '../../../diff/merge/merge-structure.ts';
import { type BytesDifference, FirstDifference } from '../../../diff/reproducible/first-bytes.ts';
import type { TimeSlice } from '../../../sources/time-slice.ts';

export interface ComparedSequences {
	/** Null where they are equal. */
	readonly difference: BytesDifference | null;
	readonly bytes: Both<number>;
}

/** Gives the next piece of a sequence; an empty one at its end. */
export type NextPiece = () => Promise<Uint8Array>;

/** Compares two sequences of bytes that come in pieces, side by side. Throws what the sequences throw, and `interrupted`. */
export async function compareSequences(next: Both<NextPiece>, slice: TimeSlice): Promise<ComparedSequences> {
	const found = new FirstDifference();
	const bytes: [number, number] = [0, 0];
	const pieces: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];
	for (;;) {
		for (const side of [0, 1] as const) {
			if (pieces[side].length > 0) continue;
			pieces[side] = await next[side]();
			bytes[side] += pieces[side].length;
		}
		const [older, newer] = pieces;
		if (older.length === 0 && newer.length === 0) return { difference: found.finish(), bytes };
		const hasOneEnded = older.length === 0 || newer.length === 0;
		const taken = hasOneEnded ? Math.max(older.length, newer.length) : Math.min(older.length, newer.length);
		if (!found.isComplete) found.add(older.subarray(0, taken), newer.subarray(0, taken));
		pieces[0] = older.subarray(taken);
		pieces[1] = newer.subarray(taken);
		await slice.yield();
	}
}
