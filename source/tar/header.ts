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
} as const;

export type NumberField =
	| 'mode'
	| 'uid'
	| 'gid'
	| 'size'
	| 'mtime'
	| 'checksum'
	| 'deviceMajor'
	| 'deviceMinor';

export const TYPE_FLAG_OFFSET = 156;

/** Whether a block is all zero, which marks the end of an archive. */
export function isZeroBlock(block: Uint8Array, offset: number): boolean {
	for (let index = offset; index < offset + BLOCK_BYTES; index++) if (block[index] !== 0) return false;
	return true;
}

/** Whether the checksum is the sum of the header's bytes, with the checksum field as spaces. Some old tools sum signed bytes. */
export function checksumMatches(block: Uint8Array, offset: number): boolean {
	const stated = readNumber(block, offset, 'checksum');
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

/**
 * A number of the header: octal digits, or base 256 when the first bit is set (GNU).
 * NaN when it is neither; a base-256 number may be negative.
 */
export function readNumber(block: Uint8Array, offset: number, name: NumberField): number {
	const [start, length] = field[name];
	return readNumberAt(block, offset + start, length);
}

/** The same for a field of `length` bytes at `start`. */
export function readNumberAt(block: Uint8Array, start: number, length: number): number {
	return block[start] >= 0x80 ? readBase256(block, start, length) : readOctal(block, start, length);
}

function readOctal(block: Uint8Array, start: number, length: number): number {
	let index = start;
	const end = start + length;
	while (index < end && (block[index] === 0x20 || block[index] === 0)) index += 1;
	let value = 0;
	for (; index < end; index++) {
		const byte = block[index];
		if (byte === 0 || byte === 0x20) break;
		if (byte < 0x30 || byte > 0x37) return Number.NaN;
		value = value * 8 + (byte - 0x30);
	}
	return value;
}

/** Two's complement, big-endian, over all bits of the field but the first. */
function readBase256(block: Uint8Array, start: number, length: number): number {
	const negative = (block[start] & 0x40) !== 0;
	let value = negative ? (block[start] & 0x7f) - 0x80 : block[start] & 0x7f;
	for (let index = start + 1; index < start + length; index++) value = value * 256 + block[index];
	return value;
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

/** The prefix of the name in a POSIX header; empty in every other format. */
export function readPrefix(block: Uint8Array, offset: number, into: ByteSpan): void {
	const start = offset + field.magic[0];
	const isPosix =
		block[start] === 0x75 &&
		block[start + 1] === 0x73 &&
		block[start + 2] === 0x74 &&
		block[start + 3] === 0x61 &&
		block[start + 4] === 0x72 &&
		block[start + 5] === 0;
	if (isPosix) readText(block, offset, field.prefix, into);
	else setSpan(into, block, offset, offset);
}

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
