import type { Changeset } from '../../tar/changeset.ts';
import { SparseContent, zeroPieces } from '../../tar/sparse/sparse-content.ts';
import { sparseMapOf, storedBytesOf } from '../../tar/sparse/sparse-files.ts';
import type { SparseMap } from '../../tar/sparse/sparse-map.ts';
import type { FileReader } from '../file-source.ts';
import { TimeSlice } from '../time-slice.ts';

/** A regular file of a layer. */
export interface FileEntry {
	/** 0-based. */
	readonly layerIndex: number;
	readonly changeset: Changeset;
	readonly entry: number;
}

/** What becomes of the holes of a sparse file. */
export type Holes = 'zeros' | 'left-out';

/**
 * The content of a file in pieces that do not outlive the next step. Throws what the reader throws, and `interrupted`
 * in the middle of a hole too.
 */
export async function* openContent(
	reader: FileReader,
	{ layerIndex, changeset, entry }: FileEntry,
	{ signal, holes = 'zeros' }: { readonly signal: AbortSignal | undefined; readonly holes?: Holes },
): AsyncGenerator<Uint8Array> {
	const bytes = storedBytesOf(changeset, entry);
	const stored = reader.open({ layerIndex, position: changeset.positions[entry], bytes }, signal);
	const map = sparseMapOf(changeset, entry);
	if (map === null || holes === 'left-out') yield* stored;
	else yield* withHoles(stored, map, signal);
}

async function* withHoles(
	stored: AsyncIterable<Uint8Array>,
	map: SparseMap,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	const slice = new TimeSlice(signal);
	let parts: (Uint8Array | number)[] = [];
	const content = new SparseContent(map, {
		data: (piece) => void parts.push(piece),
		hole: (holeBytes) => void parts.push(holeBytes),
	});
	const released = async function* (): AsyncGenerator<Uint8Array> {
		const taken = parts;
		parts = [];
		for (const part of taken) {
			for (const piece of typeof part === 'number' ? zeroPieces(part) : [part]) {
				yield piece;
				await slice.yield();
			}
		}
	};
	yield* released();
	for await (const piece of stored) {
		content.write(piece);
		yield* released();
	}
}
