/** The size of a tar block: headers are one block, content is padded to whole blocks (POSIX.1-2017, pax, "ustar Interchange Format"). */
export const BLOCK_BYTES = 512;

/** Offsets and lengths of the header's fields. The prefix field holds other things in GNU headers. */
const field = {
	name: [0, 100],
	mode: [100, 8],
	uid: [108, 8],
	gid: [116, 8],
	size: [124, 12],
	mtime: [136, 12],
	checksum: [148, 8],
	linkName: [157, 100],
	magic: [257, 6],
	deviceMajor: [329, 8],
	deviceMinor: [337, 8],
	prefix: [345, 155],
	// star has a shorter prefix and two times behind it, GNU tar has two times in its place.
	starPrefix: [345, 131],
	starAccessTime: [476, 12],
	starChangeTime: [488, 12],
	gnuAccessTime: [345, 12],
	gnuChangeTime: [357, 12],
} as const;

const STAR_TRAILER = 508;

export type NumberField =
	| 'mode'
	| 'uid'
	| 'gid'
	| 'size'
	| 'mtime'
	| 'deviceMajor'
	| 'deviceMinor'
	| 'starAccessTime'
	| 'starChangeTime'
	| 'gnuAccessTime'
	| 'gnuChangeTime';

/** The format of a header by its magic, as Go's archive/tar tells it: it decides which fields there are besides those of v7. */
export type HeaderFormat = 'v7' | 'posix' | 'star' | 'gnu';

export const TYPE_FLAG_OFFSET = 156;

/** Whether a block is all zero, which marks the end of an archive. */
export function isZeroBlock(block: Uint8Array, offset: number): boolean {
	for (let index = offset; index < offset + BLOCK_BYTES; index++) if (block[index] !== 0) return false;
	return true;
}

/** Whether the checksum is the sum of the header's bytes, with the checksum field as spaces. Some old tools sum signed bytes. */
export function checksumMatches(block: Uint8Array, offset: number): boolean {
	const stated = readOctal(block, offset + field.checksum[0], field.checksum[1]);
	if (stated === sumOfBytes(block, offset)) return true;
	let signed = 0;
	for (let index = 0; index < BLOCK_BYTES; index++) {
		const byte = index >= 148 && index < 156 ? 0x20 : block[offset + index];
		signed += byte < 0x80 ? byte : byte - 0x100;
	}
	return stated === signed;
}

/** Sums four bytes at a time where the block is aligned: a large image has a hundred thousand headers. */
function sumOfBytes(block: Uint8Array, offset: number): number {
	let fieldSum = 0;
	for (let index = 148; index < 156; index++) fieldSum += block[offset + index];
	return blockSum(block, offset) - fieldSum + 8 * 0x20;
}

function blockSum(block: Uint8Array, offset: number): number {
	const start = block.byteOffset + offset;
	if (start % 4 !== 0) {
		let sum = 0;
		for (let index = offset; index < offset + BLOCK_BYTES; index++) sum += block[index];
		return sum;
	}
	const words = wordsOf(block.buffer);
	const end = (start + BLOCK_BYTES) / 4;
	// Two 16-bit lanes hold the sums of two bytes each: 128 words of at most 2 x 255 stay below 65,536.
	let lanes = 0;
	for (let index = start / 4; index < end; index++) {
		const word = words[index];
		lanes += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
	}
	return (lanes & 0xffff) + (lanes >>> 16);
}

let wordsBuffer: ArrayBufferLike | null = null;
let words: Uint32Array = new Uint32Array(0);

/** The view is cached, because the same window is summed over and over. */
function wordsOf(buffer: ArrayBufferLike): Uint32Array {
	if (buffer !== wordsBuffer) {
		wordsBuffer = buffer;
		words = new Uint32Array(buffer, 0, Math.floor(buffer.byteLength / 4));
	}
	return words;
}

/** The format of a header. */
export function formatOf(block: Uint8Array, offset: number): HeaderFormat {
	const at = offset + field.magic[0];
	// `ustar`, byte by byte, because every header of a large image is looked at.
	if (block[at] !== 0x75 || block[at + 1] !== 0x73 || block[at + 2] !== 0x74) return 'v7';
	if (block[at + 3] !== 0x61 || block[at + 4] !== 0x72) return 'v7';
	if (block[at + 5] === 0) return hasStarTrailer(block, offset + STAR_TRAILER) ? 'star' : 'posix';
	return block[at + 5] === 0x20 && block[at + 6] === 0x20 && block[at + 7] === 0 ? 'gnu' : 'v7';
}

/** `tar` and a NUL. */
function hasStarTrailer(block: Uint8Array, at: number): boolean {
	return block[at] === 0x74 && block[at + 1] === 0x61 && block[at + 2] === 0x72 && block[at + 3] === 0;
}

/**
 * A number of the header: octal digits, or base 256 when the first bit is set (GNU).
 * NaN where Go's archive/tar finds no number; a base-256 number may be negative.
 */
export function readNumber(block: Uint8Array, offset: number, name: NumberField): number {
	const [start, length] = field[name];
	return readNumberAt(block, offset + start, length);
}

/** The same for a field of `length` bytes at `start`. */
export function readNumberAt(block: Uint8Array, start: number, length: number): number {
	return block[start] >= 0x80 ? readBase256(block, start, length) : readOctal(block, start, length);
}

/** Spaces and NULs may come before the digits. Behind them there may be anything after a NUL, and only spaces and NULs after a space. */
function readOctal(block: Uint8Array, start: number, length: number): number {
	let index = start;
	const end = start + length;
	while (index < end && (block[index] === 0x20 || block[index] === 0)) index += 1;
	let value = 0;
	for (; index < end && block[index] !== 0; index++) {
		const byte = block[index];
		if (byte === 0x20) return isBlank(block, index, end) ? value : Number.NaN;
		if (byte < 0x30 || byte > 0x37) return Number.NaN;
		value = value * 8 + (byte - 0x30);
	}
	return value;
}

function isBlank(block: Uint8Array, start: number, end: number): boolean {
	for (let index = start; index < end; index++) if (block[index] !== 0x20 && block[index] !== 0) return false;
	return true;
}

/** Two's complement, big-endian, over all bits of the field but the first; NaN for what does not fit 64 bits. */
function readBase256(block: Uint8Array, start: number, length: number): number {
	const negative = (block[start] & 0x40) !== 0;
	let value = negative ? (block[start] & 0x7f) - 0x80 : block[start] & 0x7f;
	for (let index = start + 1; index < start + length; index++) value = value * 256 + block[index];
	return value >= -(2 ** 63) && value < 2 ** 63 ? value : Number.NaN;
}

/** Part of a buffer. The object is reused, so that no view is made for each of a hundred thousand names. */
export interface ByteSpan {
	bytes: Uint8Array;
	start: number;
	end: number;
}

/** The name field, up to its first NUL. */
export function readName(block: Uint8Array, offset: number, into: ByteSpan): void {
	readText(block, offset, field.name, into);
}

/** The link-name field, up to its first NUL. */
export function readLinkName(block: Uint8Array, offset: number, into: ByteSpan): void {
	readText(block, offset, field.linkName, into);
}

/**
 * The prefix of the name. GNU headers have times in its place, but Go before 1.8 wrote a prefix there: as Go's archive/tar does,
 * it is taken for one when it is ASCII and not two times.
 */
export function readPrefix(block: Uint8Array, offset: number, into: ByteSpan): void {
	const format = formatOf(block, offset);
	if (format === 'posix') readText(block, offset, field.prefix, into);
	else if (format === 'star') readText(block, offset, field.starPrefix, into);
	else if (format === 'gnu' && !hasGnuTimes(block, offset)) readAsciiText(block, offset, field.prefix, into);
	else setSpan(into, block, offset, offset);
}

/** A field that starts with a NUL is unused. */
function hasGnuTimes(block: Uint8Array, offset: number): boolean {
	return gnuTimes.every(
		(name) => block[offset + field[name][0]] === 0 || !Number.isNaN(readNumber(block, offset, name)),
	);
}

const gnuTimes = ['gnuAccessTime', 'gnuChangeTime'] as const;

/** Makes a span refer to another part of a buffer. */
export function setSpan(span: ByteSpan, bytes: Uint8Array, start: number, end: number): void {
	span.bytes = bytes;
	span.start = start;
	span.end = end;
}

function readText(
	block: Uint8Array,
	offset: number,
	[start, length]: readonly [number, number],
	into: ByteSpan,
): void {
	const from = offset + start;
	let end = from;
	while (end < from + length && block[end] !== 0) end += 1;
	setSpan(into, block, from, end);
}

/** Nothing where the text has a byte that is not ASCII. */
function readAsciiText(
	block: Uint8Array,
	offset: number,
	place: readonly [number, number],
	into: ByteSpan,
): void {
	readText(block, offset, place, into);
	for (let index = into.start; index < into.end; index++)
		if (block[index] >= 0x80) setSpan(into, block, offset, offset);
}
