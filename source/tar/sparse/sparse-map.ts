/** Where the data of a GNU sparse file is in it. All else of the file is holes, which read as zeros. */
export interface SparseMap {
	/** The size of the file with its holes, bytes. */
	readonly fileBytes: number;
	/** Where each extent of data starts in the file, bytes. Extents are in order, have data, and do not touch. */
	readonly starts: Float64Array;
	/** How long each extent is, bytes. The tar has the data of all extents end to end. */
	readonly lengths: Float64Array;
}

/** A map as it is written in a tar. */
export interface RawSparseMap {
	readonly fileBytes: number;
	/** The offset and the length of each extent in turn, bytes. NaN for what is not a number. */
	readonly numbers: readonly number[];
}

/**
 * What the sparse files of a layer may have in all, bytes with their holes: the largest file of ext4. Within it the sums of 500 layers are
 * exact numbers.
 */
export const MOST_SPARSE_BYTES = 2 ** 44;

/** A signed 64-bit number, which is what sizes and offsets are. */
const LARGEST_INTEGER = 2 ** 63;

/**
 * The map, or null where it is not valid for an entry with `storedBytes` of data. What is valid is what Go's archive/tar reads: extents are
 * in order, do not overlap, lie in the file, and have as much data as there is. A file that is larger than any that is listed has no extents.
 */
export function soundMap({ fileBytes, numbers }: RawSparseMap, storedBytes: number): SparseMap | null {
	if (!(fileBytes >= 0 && fileBytes < LARGEST_INTEGER)) return null;
	if (fileBytes > MOST_SPARSE_BYTES)
		return { fileBytes, starts: new Float64Array(0), lengths: new Float64Array(0) };
	const starts = new Float64Array(numbers.length / 2);
	const lengths = new Float64Array(numbers.length / 2);
	let count = 0;
	let least = 0;
	let end = -1;
	let bytes = 0;
	for (let index = 0; index < numbers.length; index += 2) {
		const start = numbers[index];
		const length = numbers[index + 1];
		if (!(start >= least && length >= 0 && start + length <= fileBytes)) return null;
		least = start + length;
		if (length === 0) continue;
		if (start === end) lengths[count - 1] += length;
		else {
			starts[count] = start;
			lengths[count] = length;
			count += 1;
		}
		end = least;
		bytes += length;
	}
	if (bytes !== storedBytes) return null;
	return { fileBytes, starts: starts.subarray(0, count), lengths: lengths.subarray(0, count) };
}

/** How many bytes of the file are data. */
export function dataBytes({ lengths }: SparseMap): number {
	return lengths.reduce((sum, length) => sum + length, 0);
}

/** How many bytes of the file are holes. */
export function holeBytes(map: SparseMap): number {
	return map.fileBytes - dataBytes(map);
}

/** A decimal number as Go's `strconv.ParseInt` reads it, or NaN. */
export function parseInteger(text: string): number {
	if (!/^[+-]?\d+$/.test(text)) return Number.NaN;
	const value = Number(text);
	return Math.abs(value) < LARGEST_INTEGER ? value : Number.NaN;
}
