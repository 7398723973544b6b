/** How bytes are compressed. It is detected by their first bytes, never by a name or a media type. */
export type Compression = 'none' | CompressedFormat;

export type CompressedFormat = 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** For the default of a `switch`, which compiles only where every compression has a case. */
export function unknownCompression(compression: never): RangeError {
	return new RangeError(`unknown compression ${compression}`);
}

/** How many bytes `detectCompression` looks at. */
export const MAGIC_BYTES = 6;

const gzip = [0x1f, 0x8b];
const zstd = [0x28, 0xb5, 0x2f, 0xfd];
const xz = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const bzip2 = [0x42, 0x5a, 0x68];

/** RFC 1952 (gzip), RFC 8878 (zstd, whose skippable frames may come first), the xz and bzip2 file formats. */
export function detectCompression(start: Uint8Array): Compression {
	if (beginsWith(start, gzip)) return 'gzip';
	if (beginsWith(start, zstd) || isSkippableFrame(start)) return 'zstd';
	if (beginsWith(start, xz)) return 'xz';
	// The fourth byte of bzip2 is its level; a tar whose first name is "BZh" goes on with another byte.
	if (beginsWith(start, bzip2) && start[3] >= 0x31 && start[3] <= 0x39) return 'bzip2';
	return 'none';
}

function beginsWith(start: Uint8Array, magic: readonly number[]): boolean {
	return magic.every((byte, index) => start[index] === byte);
}

function isSkippableFrame(start: Uint8Array): boolean {
	return (start[0] & 0xf0) === 0x50 && start[1] === 0x2a && start[2] === 0x4d && start[3] === 0x18;
}
