import { createHash } from 'node:crypto';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { EntryDecoder } from '../../../tar/entry-decoder.ts';
import { BLOCK_BYTES } from '../../../tar/header.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { type BlobRange, type BlobRequest, fetchRange, paceOf } from '../blob-chunks.ts';
import { readBody } from '../http/read-body.ts';
import type { RegistryClient } from '../registry-client.ts';
import {
	type ChunkedPointer,
	type EstargzPointer,
	LARGEST_TOC_BYTES,
	type TocPointer,
} from './toc-pointer.ts';

/** A table of contents whose digest is the one in the manifest. */
export interface FetchedToc {
	readonly json: Uint8Array;
	/** Where the packed data with the entries ends in the blob, bytes. */
	readonly contentEnd: number;
	/** Of eStargz: the header of the tar entry that the table itself is. */
	readonly header: Uint8Array | null;
}

/** An empty gzip member whose extra field has the offset of the table (stargz-snapshotter, estargz.md, "Footer"). */
const FOOTER_BYTES = 51;
const FIELD = { start: 12, header: Buffer.from([0x53, 0x47, 22, 0]), text: 16, end: 38 };

/** A compressed table is hardly ever larger than the table. */
const LARGEST_PACKED_BYTES = LARGEST_TOC_BYTES;

/**
 * Fetches only the table of contents of a layer. Null when the registry does not support ranges, when there is no table, or when its digest
 * is wrong: then the layer has to be read whole.
 */
export function fetchToc(
	client: RegistryClient,
	blob: BlobRequest,
	pointer: TocPointer,
): Promise<FetchedToc | null> {
	return pointer.format === 'estargz'
		? fetchEstargzToc(client, blob, pointer)
		: fetchChunkedToc(client, blob, pointer);
}

/** The bytes `[from, to)` of a blob; null when they cannot be fetched. Throws `interrupted`. */
export async function fetchBytes(
	client: RegistryClient,
	blob: BlobRequest,
	range: BlobRange,
): Promise<Uint8Array | null> {
	const length = range.to - range.from;
	if (range.from < 0 || length <= 0 || range.to > blob.size || length > LARGEST_PACKED_BYTES) return null;
	try {
		const response = await fetchRange(client, blob, range);
		const bytes = response && (await readBody(paceOf(client, blob).watch(response), length));
		return bytes?.length === length ? bytes : null;
	} catch {
		throwIfInterrupted(client.signal);
		return null;
	}
}

async function fetchChunkedToc(
	client: RegistryClient,
	blob: BlobRequest,
	{ range, digest }: ChunkedPointer,
): Promise<FetchedToc | null> {
	const json = await fetchZstd(client, blob, { range, digest });
	return json && { json, contentEnd: range.from, header: null };
}

/** A separately compressed part of a blob, decompressed; null when the digest of the compressed bytes is wrong. */
export async function fetchZstd(
	client: RegistryClient,
	blob: BlobRequest,
	{ range, digest }: { readonly range: BlobRange; readonly digest: string },
): Promise<Uint8Array | null> {
	const packed = await fetchBytes(client, blob, range);
	if (packed === null || sha256(packed) !== digest) return null;
	return unpacked(() => zstdDecompressSync(packed, { maxOutputLength: LARGEST_TOC_BYTES }));
}

async function fetchEstargzToc(
	client: RegistryClient,
	blob: BlobRequest,
	{ digest }: EstargzPointer,
): Promise<FetchedToc | null> {
	const end = blob.size - FOOTER_BYTES;
	const last = await fetchBytes(client, blob, { from: end, to: blob.size });
	const start = last && startInFooter(Buffer.from(last));
	if (start === null) return null;
	const packed = await fetchBytes(client, blob, { from: start, to: end });
	const tar = packed && unpacked(() => gunzipSync(packed, { maxOutputLength: LARGEST_TOC_BYTES }));
	if (tar === null || tar.length < BLOCK_BYTES) return null;
	const decoder = new EntryDecoder();
	if (decoder.decode(tar, 0) !== 'entry') return null;
	const json = tar.subarray(BLOCK_BYTES, BLOCK_BYTES + decoder.entry.contentBytes);
	return sha256(json) === digest ? { json, contentEnd: start, header: tar.subarray(0, BLOCK_BYTES) } : null;
}

function startInFooter(bytes: Buffer): number | null {
	if (!bytes.subarray(FIELD.start, FIELD.text).equals(FIELD.header)) return null;
	const match = /^([0-9a-f]{16})STARGZ$/.exec(bytes.toString('latin1', FIELD.text, FIELD.end));
	return match === null ? null : Number.parseInt(match[1], 16);
}

function unpacked(unpack: () => Uint8Array): Uint8Array | null {
	try {
		return unpack();
	} catch {
		return null;
	}
}

function sha256(bytes: Uint8Array): string {
	return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
