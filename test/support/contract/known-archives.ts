import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { checksum, padded, rawEntry } from '../raw-tar.ts';
import { file } from '../tar-entry.ts';
import { type LayerCompression, layoutFiles, sha256 } from '../write-archive.ts';
import { knownImage } from './known-image.ts';
import type { StoredLayer } from './subject.ts';

const MEBIBYTE = 1024 * 1024;
/** So much takes longer to unpack, and to hash, than anybody waits. */
const ENDLESS_BYTES = 7 * 1024 * MEBIBYTE;
const PIECE_BYTES = 16 * MEBIBYTE;
/** So much is worth workers. */
const INCOMPRESSIBLE_BYTES = 20 * MEBIBYTE;

/** The layers of the known image as blobs, lowest first. */
export function knownBlobs(compression: LayerCompression): readonly Uint8Array[] {
	const files = layoutFiles([knownImage.image], compression);
	return layersIn(files).map(({ digest }) => blobOf(files, digest));
}

/** What a layout says of its layers. */
export function knownLayers(compression: LayerCompression): readonly StoredLayer[] {
	return layersIn(layoutFiles([knownImage.image], compression)).map(({ digest, mediaType, size }) => ({
		...{ digest, mediaType },
		storedBytes: size,
	}));
}

/** The digest of the known image's config. */
export function knownConfigDigest(): string {
	return manifestIn(layoutFiles([knownImage.image])).config.digest;
}

/** The digest of the known image's manifest. */
export function knownManifestDigest(compression: LayerCompression): string {
	const files = layoutFiles([knownImage.image], compression);
	return sha256(Buffer.from(JSON.stringify(manifestIn(files))));
}

/** Where a blob is in a layout. */
export function blobPath(digest: string): string {
	return `blobs/${digest.replace(':', '/')}`;
}

/** The blob as it is when something of it was overwritten. */
export function damaged(blob: Uint8Array, compression: LayerCompression): Uint8Array {
	const bytes = Buffer.from(blob);
	// What is not packed has no checksum but that of its headers.
	return compression === 'plain' ? bytes.fill('x', 0, 100) : bytes.fill(0xff, 20, bytes.length - 10);
}

/** A layer of one file without end, in pieces; a number is so many zeros, for which the disk needs no room. */
export type EndlessBlob = readonly (Uint8Array | number)[];

export function endlessBlob(compression: LayerCompression): EndlessBlob {
	const header = rawEntry(file('etc/zeros'), { size: ENDLESS_BYTES });
	if (compression === 'plain') return [header, ENDLESS_BYTES + 1024];
	const pack = compression === 'gzip' ? gzipSync : zstdCompressSync;
	const zeros = pack(new Uint8Array(PIECE_BYTES));
	const noise = pack(randomBytes(INCOMPRESSIBLE_BYTES));
	return [pack(header), noise, ...new Array<Uint8Array>(ENDLESS_BYTES / PIECE_BYTES).fill(zeros)];
}

/** Writes an archive in which the content of one file is replaced. */
export async function writeWithEndless(
	path: string,
	{
		archive,
		blob,
		endless,
	}: { readonly archive: Uint8Array; readonly blob: Uint8Array; readonly endless: EndlessBlob },
): Promise<void> {
	const start = Buffer.from(archive).indexOf(blob);
	const bytes = bytesOf(endless);
	await writePieces(path, [
		archive.subarray(0, start - 512),
		withSize(archive.subarray(start - 512, start), bytes),
		...endless,
		(512 - (bytes % 512)) % 512,
		archive.subarray(start + padded(blob).length),
	]);
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

interface Manifest {
	readonly config: { readonly digest: string };
	readonly layers: readonly { readonly digest: string; readonly mediaType: string; readonly size: number }[];
}

type Files = ReturnType<typeof layoutFiles>;

function layersIn(files: Files): Manifest['layers'] {
	return manifestIn(files).layers;
}

function manifestIn(files: Files): Manifest {
	const { manifests } = parsed(files.get('index.json'));
	return parsed(blobOf(files, manifests[0].digest));
}

function blobOf(files: Files, digest: string): Uint8Array {
	return files.get(blobPath(digest)) ?? new Uint8Array();
}

function parsed(bytes: Uint8Array | undefined) {
	return JSON.parse(Buffer.from(bytes ?? []).toString());
}
