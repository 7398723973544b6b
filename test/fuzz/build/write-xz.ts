import { crc32 } from 'node:zlib';

/*
 * Packs data as xz without compressing it: nothing in Node writes xz, and a decoder does not mind. The format is that of "The .xz File
 * Format" 1.2.0, with one block, a CRC32, and LZMA2 chunks that hold their data as it is.
 */

const streamFlags = Uint8Array.of(0x00, 0x01);
const LZMA2 = 0x21;
const DICTIONARY_1_MIB = 0x10;
const MOST_CHUNK_BYTES = 64 * 1024;

export function xz(data: Uint8Array): Uint8Array {
	const header = withChecksum(Uint8Array.of(0x02, 0x00, LZMA2, 0x01, DICTIONARY_1_MIB, 0, 0, 0));
	const chunks = chunksOf(data);
	const check = littleEndian(crc32(data));
	const unpaddedBytes = header.length + chunks.length + check.length;
	const index = withChecksum(
		toMultipleOfFour(Buffer.concat([Uint8Array.of(0x00, 0x01), number(unpaddedBytes), number(data.length)])),
	);
	const footer = Buffer.concat([littleEndian(index.length / 4 - 1), streamFlags]);
	return Buffer.concat([
		Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
		withChecksum(streamFlags),
		header,
		toMultipleOfFour(chunks),
		check,
		index,
		littleEndian(crc32(footer)),
		footer,
		Buffer.from('YZ'),
	]);
}

function chunksOf(data: Uint8Array): Uint8Array {
	const chunks: Uint8Array[] = [];
	for (let start = 0; start < data.length; start += MOST_CHUNK_BYTES) {
		const chunk = data.subarray(start, start + MOST_CHUNK_BYTES);
		const last = chunk.length - 1;
		chunks.push(Uint8Array.of(start === 0 ? 0x01 : 0x02, last >> 8, last & 0xff), chunk);
	}
	return Buffer.concat([...chunks, Uint8Array.of(0x00)]);
}

/** A number in groups of seven bits, lowest first. */
function number(value: number): Uint8Array {
	const bytes: number[] = [];
	let left = value;
	for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
	return Uint8Array.from([...bytes, left]);
}

function toMultipleOfFour(bytes: Uint8Array): Uint8Array {
	return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function withChecksum(bytes: Uint8Array): Uint8Array {
	return Buffer.concat([bytes, littleEndian(crc32(bytes))]);
}

function littleEndian(value: number): Uint8Array {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value >>> 0);
	return bytes;
}
