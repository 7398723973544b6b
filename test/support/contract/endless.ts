import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { checksum, padded, rawEntry } from '../archives/raw-tar.ts';
import { file } from '../archives/tar-entry.ts';
import type { LayerCompression } from '../archives/write-archive.ts';
import type { KnownArchive } from './known-archives.ts';

const MEBIBYTE = 1024 * 1024;
/** So much takes longer to unpack, and to hash, than anybody waits. */
const ENDLESS_BYTES = 7 * 1024 * MEBIBYTE;
const PIECE_BYTES = 16 * MEBIBYTE;
/** So much is worth workers. */
const INCOMPRESSIBLE_BYTES = 20 * MEBIBYTE;

/** A layer of one file without end, in pieces; a number is so many zeros, for which the disk needs no room. */
export type EndlessBlob = readonly (Uint8Array | number)[];

export function endlessBlob(compression: LayerCompression): EndlessBlob {
	const known = endlessBlobs.get(compression) ?? newEndlessBlob(compression);
	endlessBlobs.set(compression, known);
	return known;
}

/** It takes a while to make one. */
const endlessBlobs = new Map<LayerCompression, EndlessBlob>();

function newEndlessBlob(compression: LayerCompression): EndlessBlob {
	const header = rawEntry(file('etc/zeros'), { size: ENDLESS_BYTES });
	if (compression === 'plain') return [header, ENDLESS_BYTES + 1024];
	const pack = (bytes: Uint8Array): Uint8Array =>
		compression === 'gzip' ? gzipSync(bytes, { level: 1 }) : zstdCompressSync(bytes);
	const zeros = pack(new Uint8Array(PIECE_BYTES));
	const noise = pack(randomBytes(INCOMPRESSIBLE_BYTES));
	return [pack(header), noise, ...new Array<Uint8Array>(ENDLESS_BYTES / PIECE_BYTES).fill(zeros)];
}

/** The archive with a layer without end in the place of its top layer. */
export function withEndlessTop({ bytes, top, compression }: KnownArchive): EndlessBlob {
	const { start, blob } = top;
	const endless = endlessBlob(compression);
	const endlessBytes = bytesOf(endless);
	return [
		bytes.subarray(0, start - 512),
		withSize(bytes.subarray(start - 512, start), endlessBytes),
		...endless,
		(512 - (endlessBytes % 512)) % 512,
		bytes.subarray(start + padded(blob).length),
	];
}

/** Writes pieces of a file one after the other. */
export async function writePieces(path: string, pieces: EndlessBlob): Promise<void> {
	const output = await open(path, 'w');
	let position = 0;
	for (const piece of pieces) {
		if (typeof piece !== 'number') await output.write(piece, 0, piece.length, position);
		position += typeof piece === 'number' ? piece : piece.length;
	}
	await output.truncate(position);
	await output.close();
}

function bytesOf(pieces: EndlessBlob): number {
	return pieces.reduce<number>((sum, piece) => sum + (typeof piece === 'number' ? piece : piece.length), 0);
}

function withSize(header: Uint8Array, bytes: number): Uint8Array {
	const block = Buffer.from(header);
	block.write(bytes.toString(8).padStart(11, '0'), 124, 'latin1');
	block.write(checksum(block).toString(8).padStart(6, '0'), 148, 'latin1');
	return block;
}
