import { type Changeset, FILE, OPAQUE_WHITEOUT, type StringColumn } from '../../tar/changeset.ts';
import type { SparseFiles } from '../../tar/sparse/sparse-files.ts';

const LARGEST_MODE = 0o7777;

/** Whether every column holds what such a column can hold, so that no reader of the changeset goes beyond its bytes. */
export function isSound(changeset: Changeset): boolean {
	const { paths, targets } = changeset;
	return (
		areNumbersSound(changeset) &&
		areEndsSound(paths) &&
		areEndsSound(targets) &&
		arePathsSound(changeset) &&
		areAttributesSound(changeset) &&
		isSparseSound(changeset)
	);
}

function areNumbersSound({ count, kinds, sizes, modes, mtimes, positions }: Changeset): boolean {
	for (let entry = 0; entry < count; entry++) {
		const kind = kinds[entry];
		const size = sizes[entry];
		if (kind > OPAQUE_WHITEOUT || modes[entry] > LARGEST_MODE) return false;
		if (!isByteCount(size) || (size > 0 && kind !== FILE)) return false;
		if (!isByteCount(positions[entry]) || !Number.isFinite(mtimes[entry])) return false;
	}
	return true;
}

function isByteCount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0;
}

/** Whether no string ends before it starts, and the last one ends where the bytes do. */
function areEndsSound({ bytes, ends }: StringColumn): boolean {
	let start = 0;
	for (let index = 0; index < ends.length; index++) {
		if (ends[index] < start) return false;
		start = ends[index];
	}
	return start === bytes.length;
}

/** Whether each entry has a path; only the root has an empty one, which only an opaque marker may name. */
function arePathsSound({ count, kinds, paths: { ends } }: Changeset): boolean {
	if (ends.length !== count) return false;
	for (let entry = 0; entry < count; entry++) {
		const start = entry === 0 ? 0 : ends[entry - 1];
		if (ends[entry] === start && kinds[entry] !== OPAQUE_WHITEOUT) return false;
	}
	return true;
}

/** Whether the entries with extended attributes are entries, in ascending order. */
function areAttributesSound({ count, attributes }: Changeset): boolean {
	if (attributes === null) return true;
	const { entries } = attributes;
	return entries.every((entry, index) => entry < count && (index === 0 || entry > entries[index - 1]));
}

function isSparseSound({ sparse, kinds, sizes }: Changeset): boolean {
	if (sparse === null) return true;
	const { entries, ends, starts, lengths } = sparse;
	if (ends.length !== entries.length || lengths.length !== starts.length) return false;
	let before = -1;
	let from = 0;
	for (let file = 0; file < entries.length; file++) {
		const entry = entries[file];
		if (entry <= before || kinds[entry] !== FILE || ends[file] < from || ends[file] > starts.length)
			return false;
		if (!areExtentsSound(sparse, [from, ends[file]], sizes[entry])) return false;
		before = entry;
		from = ends[file];
	}
	return from === starts.length;
}

/** Whether the extents `[from, to)` are in order and in the file. */
function areExtentsSound(
	{ starts, lengths }: SparseFiles,
	[from, to]: readonly [number, number],
	fileBytes: number,
): boolean {
	let end = 0;
	for (let extent = from; extent < to; extent++) {
		if (!isByteCount(starts[extent]) || !isByteCount(lengths[extent])) return false;
		if (starts[extent] < end || lengths[extent] === 0) return false;
		end = starts[extent] + lengths[extent];
	}
	return end <= fileBytes;
}
