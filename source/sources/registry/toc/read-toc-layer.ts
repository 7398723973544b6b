import { gunzipSync } from 'node:zlib';
import type { Changeset } from '../../../tar/changeset.ts';
import { PLAIN_SHA256 } from '../../../tar/content-identity.ts';
import { paddedBytes } from '../../../tar/entry-decoder.ts';
import { StreamScan } from '../../../tar/scan-stream.ts';
import type { BlobRequest } from '../blob-chunks.ts';
import type { RegistryClient } from '../registry-client.ts';
import { type FetchedToc, fetchBytes, fetchToc, fetchZstd } from './fetch-toc.ts';
import { sumOfTarSplit } from './tar-split.ts';
import { tocChangeset } from './toc-changeset.ts';
import { parseToc, type Toc } from './toc-entries.ts';
import { type ChunkedPointer, LARGEST_TOC_BYTES, type TocPointer } from './toc-pointer.ts';

/** The end of a layer, from its last chunk on, is fetched only up to this size, compressed bytes. */
const LARGEST_END_BYTES = 8 * 1024 * 1024;

/** The changeset of a layer from its table of contents. Null when the layer has to be read whole. Throws `interrupted`. */
export async function readTocLayer(
	client: RegistryClient,
	blob: BlobRequest,
	pointer: TocPointer,
): Promise<Changeset | null> {
	const fetched = await fetchToc(client, blob, pointer);
	const toc = fetched && parseToc(fetched.json);
	if (!fetched || !toc) return null;
	if (pointer.format === 'zstd-chunked') {
		const unpackedBytes = await tarBytes(client, blob, { toc, pointer });
		return unpackedBytes === 'unknown' ? null : tocChangeset(toc, { own: null, unpackedBytes });
	}
	const isListed = await isTocListed({ client, blob, fetched, toc });
	if (isListed === null) return null;
	const { header } = fetched;
	const own = isListed && header !== null ? { header, digest: pointer.digest } : null;
	return tocChangeset(toc, { own, unpackedBytes: pointer.unpackedBytes });
}

/** The size of the tar, from the headers stored beside the table; null without such headers, `unknown` when their digest is wrong. */
async function tarBytes(
	client: RegistryClient,
	blob: BlobRequest,
	{ toc, pointer }: { readonly toc: Toc; readonly pointer: ChunkedPointer },
): Promise<number | null | 'unknown'> {
	const range = pointer.headers;
	if (range === null) return null;
	const digest = toc.headersDigest;
	const lines = digest === null ? null : await fetchZstd(client, blob, { range, digest });
	return (lines && sumOfTarSplit(lines)) ?? 'unknown';
}

interface ReadToc {
	readonly client: RegistryClient;
	readonly blob: BlobRequest;
	readonly fetched: FetchedToc;
	readonly toc: Toc;
}

/**
 * Whether a reader of the tar comes to the entry of the table at its end. It does not in layers that were converted with their end mark
 * before it; the compressed data from the last chunk on shows which. Null when that data cannot be fetched.
 */
async function isTocListed({ client, blob, fetched, toc }: ReadToc): Promise<boolean | null> {
	const { lastChunk } = toc;
	const range = { from: lastChunk.offset, to: fetched.contentEnd };
	if (range.from === range.to) return true;
	if (range.to - range.from > LARGEST_END_BYTES) return null;
	const packed = await fetchBytes(client, blob, range);
	if (packed === null) return null;
	const padding = paddedBytes(lastChunk.contentBytes) - lastChunk.contentBytes;
	try {
		const rest = gunzipSync(packed, { maxOutputLength: LARGEST_TOC_BYTES }).subarray(
			lastChunk.bytes + padding,
		);
		const scan = new StreamScan({ identityKey: PLAIN_SHA256, largestVerifiedBytes: 0, expectedBytes: 0 });
		scan.write(rest);
		return rest.length === 0 || scan.finish().warnings.some(({ code }) => code === 'no-end-mark');
	} catch {
		return null;
	}
}
