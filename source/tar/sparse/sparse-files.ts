import { concatenated, trimmed, withRoom } from '../../columns/grow.ts';
import { dataBytes, holeBytes, MOST_SPARSE_BYTES, type SparseMap } from './sparse-map.ts';

/** The maps of the sparse files of a layer, in columns. */
export interface SparseFiles {
	/** The entries of these files in the changeset, ascending. */
	readonly entries: Uint32Array;
	/** The extents of file i are `[ends[i - 1] ?? 0, ends[i])`. */
	readonly ends: Uint32Array;
	/** As in `SparseMap`, those of all files one after the other. */
	readonly starts: Float64Array;
	readonly lengths: Float64Array;
}

/** What the maps of a layer may have in all. A hostile layer has an extent in every few bytes, and each takes 16 in memory. */
const MOST_EXTENTS = 256 * 1024;

/** Holes of a layer that go into digests, bytes: a SHA-256 has to be fed with all their zeros, which takes seconds for a gigabyte. */
const MOST_HASHED_HOLE_BYTES = 2 ** 30;

/** Decides which files of a layer, in their order, a SHA-256 may be computed of. */
class HashedHoles {
	#bytes = 0;

	take(map: SparseMap): boolean {
		const bytes = this.#bytes + holeBytes(map);
		if (bytes > MOST_HASHED_HOLE_BYTES) return false;
		this.#bytes = bytes;
		return true;
	}
}

/** Collects the sparse files of a layer. */
export class SparseFilesBuilder {
	#fileBytes = 0;
	readonly #holes = new HashedHoles();
	#count = 0;
	#extents = 0;
	#entries = new Uint32Array(16);
	#ends = new Uint32Array(16);
	#starts = new Float64Array(64);
	#lengths = new Float64Array(64);

	/** Whether the layer may have this file besides those that it has. */
	hasRoomFor({ fileBytes, starts }: SparseMap): boolean {
		return this.#fileBytes + fileBytes <= MOST_SPARSE_BYTES && this.#extents + starts.length <= MOST_EXTENTS;
	}

	/** Adds a file. Returns whether a SHA-256 may be computed of it. */
	add(entry: number, map: SparseMap): boolean {
		const extents = this.#extents + map.starts.length;
		this.#entries = withRoom(this.#entries, this.#count + 1);
		this.#ends = withRoom(this.#ends, this.#count + 1);
		this.#starts = withRoom(this.#starts, extents);
		this.#lengths = withRoom(this.#lengths, extents);
		this.#entries[this.#count] = entry;
		this.#ends[this.#count] = extents;
		this.#starts.set(map.starts, this.#extents);
		this.#lengths.set(map.lengths, this.#extents);
		this.#count += 1;
		this.#extents = extents;
		this.#fileBytes += map.fileBytes;
		return this.#holes.take(map);
	}

	/** Null without any file. */
	finish(): SparseFiles | null {
		if (this.#count === 0) return null;
		return {
			entries: trimmed(this.#entries, this.#count),
			ends: trimmed(this.#ends, this.#count),
			starts: trimmed(this.#starts, this.#extents),
			lengths: trimmed(this.#lengths, this.#extents),
		};
	}
}

/** What of a changeset sparse files are about. */
export interface FilesWithSparse {
	readonly sizes: Float64Array;
	readonly sparse: SparseFiles | null;
}

/** The map of an entry; null unless it is sparse. */
export function sparseMapOf({ sizes, sparse }: FilesWithSparse, entry: number): SparseMap | null {
	const file = sparse === null ? -1 : indexOf(sparse.entries, entry);
	return sparse === null || file === -1 ? null : mapAt(sparse, file, sizes[entry]);
}

/** The bytes of an entry's content that are in the tar. */
export function storedBytesOf(changeset: FilesWithSparse, entry: number): number {
	const map = sparseMapOf(changeset, entry);
	return map === null ? changeset.sizes[entry] : dataBytes(map);
}

/** The entries of which no SHA-256 may be computed, as their holes are too many. */
export function unhashedEntries({ sizes, sparse }: FilesWithSparse): ReadonlySet<number> {
	const unhashed = new Set<number>();
	const holes = new HashedHoles();
	for (let file = 0; sparse !== null && file < sparse.entries.length; file++) {
		const entry = sparse.entries[file];
		if (!holes.take(mapAt(sparse, file, sizes[entry]))) unhashed.add(entry);
	}
	return unhashed;
}

/** The sparse files of two parts of a layer, of which the first has `headCount` entries; the memory of their columns is released. */
export function joinedSparse(
	head: SparseFiles | null,
	tail: SparseFiles | null,
	headCount: number,
): SparseFiles | null {
	if (tail === null) return head;
	const entries = tail.entries.map((entry) => entry + headCount);
	if (head === null) return { ...tail, entries };
	const ends = tail.ends.map((end) => end + head.starts.length);
	return {
		entries: concatenated(head.entries, entries),
		ends: concatenated(head.ends, ends),
		starts: concatenated(head.starts, tail.starts),
		lengths: concatenated(head.lengths, tail.lengths),
	};
}

/** Whether all parts of a layer together keep the limits that each of them keeps, so that the layer would have been read alike as a whole. */
export function keepLimits(parts: readonly FilesWithSparse[]): boolean {
	const builder = new SparseFilesBuilder();
	for (const part of parts) {
		for (let file = 0; part.sparse !== null && file < part.sparse.entries.length; file++) {
			const map = mapAt(part.sparse, file, part.sizes[part.sparse.entries[file]]);
			if (!builder.hasRoomFor(map) || !builder.add(0, map)) return false;
		}
	}
	return true;
}

function mapAt({ ends, starts, lengths }: SparseFiles, file: number, fileBytes: number): SparseMap {
	const from = file === 0 ? 0 : ends[file - 1];
	const to = ends[file];
	return { fileBytes, starts: starts.subarray(from, to), lengths: lengths.subarray(from, to) };
}

/** The position of a number in an ascending column, or -1. */
function indexOf(column: Uint32Array, wanted: number): number {
	let low = 0;
	let high = column.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if (column[middle] === wanted) return middle;
		if (column[middle] < wanted) low = middle + 1;
		else high = middle - 1;
	}
	return -1;
}
