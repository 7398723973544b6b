import { type Changeset, FILE, OPAQUE_WHITEOUT, type StringColumn } from '../tar/changeset.ts';

const LARGEST_MODE = 0o7777;

/** Whether every column holds what such a column can hold, so that whoever reads a changeset never steps beside its bytes. */
export function isSound(changeset: Changeset): boolean {
	return areNumbersSound(changeset) && areEndsSound(changeset.paths, 1) && areEndsSound(changeset.targets, 0);
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

/** Whether each string ends at least `leastBytes` after the one before, and the last one where the bytes end. */
function areEndsSound({ bytes, ends }: StringColumn, leastBytes: number): boolean {
	let start = 0;
	for (let index = 0; index < ends.length; index++) {
		if (ends[index] < start + leastBytes) return false;
		start = ends[index];
	}
	return start === bytes.length;
}
