import { createHash } from 'node:crypto';
import { FathomError } from '../../../errors.ts';
import type { Descriptor } from '../../../image/descriptor.ts';
import type { Compression } from '../../../tar/compression/compression.ts';
import { unpackedChunks } from '../../../tar/compression/unpack-in-steps.ts';
import type { FileAddress } from '../../file-source.ts';
import { type BlobRange, type BlobRequest, blobChunks } from '../blob-chunks.ts';
import { wrongDigest } from '../documents.ts';
import type { RegistryClient } from '../registry-client.ts';
import { fetchToc } from './fetch-toc.ts';
import { positionedEntries } from './toc-changeset.ts';
import { parseToc, type TocEntry } from './toc-entries.ts';
import { type TocPointer, tocPointer } from './toc-pointer.ts';

/** A layer of which only the table of contents was read. */
export interface TocBlob {
	readonly blob: BlobRequest;
	readonly descriptor: Descriptor;
}

/** A file, and where its compressed data is in the blob. */
interface PackedFile {
	readonly format: TocPointer['format'];
	readonly entry: TocEntry;
	readonly range: BlobRange;
}

const compressions: Readonly<Record<TocPointer['format'], Compression>> = {
	estargz: 'gzip',
	'zstd-chunked': 'zstd',
};

/** Reads single files of layers with a table of contents. The tables stay in memory for the session. */
export class TocFiles {
	readonly #client: RegistryClient;
	/** By the digest of the blob, then by the position in the changeset. */
	readonly #tables = new Map<string, Promise<ReadonlyMap<number, PackedFile>>>();

	constructor(client: RegistryClient) {
		this.#client = client;
	}

	/** The content of a file. Throws `corrupt` at its end when it does not match the table, and the errors of the connection. */
	async *read(layer: TocBlob, { position }: FileAddress): AsyncGenerator<Uint8Array> {
		const { blob } = layer;
		const file = (await this.#table(layer)).get(position);
		if (file === undefined) throw tableGone(this.#client.host, blob);
		const { size, innerOffset, digest } = file.entry;
		const hash = createHash('sha256');
		let at = -innerOffset;
		const packed = blobChunks(this.#client, blob, file.range);
		for await (const chunk of unpackedChunks(packed, compressions[file.format])) {
			const piece = chunk.subarray(Math.max(0, -at), Math.max(0, size - at));
			at += chunk.length;
			hash.update(piece);
			if (piece.length > 0) yield piece;
			if (at >= size) break;
		}
		if (at < size || `sha256:${hash.digest('hex')}` !== digest)
			throw wrongDigest(this.#client.host, `a file in ${blob.subject}`, digest ?? '');
	}

	#table(layer: TocBlob): Promise<ReadonlyMap<number, PackedFile>> {
		const { digest } = layer.blob;
		const known = this.#tables.get(digest);
		if (known) return known;
		const table = this.#fetchTable(layer);
		this.#tables.set(digest, table);
		table.catch(() => this.#tables.delete(digest));
		return table;
	}

	async #fetchTable({ blob, descriptor }: TocBlob): Promise<ReadonlyMap<number, PackedFile>> {
		const pointer = tocPointer(descriptor);
		const fetched = pointer && (await fetchToc(this.#client, blob, pointer));
		const toc = fetched && parseToc(fetched.json);
		if (!pointer || !toc) throw tableGone(this.#client.host, blob);
		const { format } = pointer;
		const files = [...positionedEntries(toc)].filter(({ entry }) => entry.size > 0);
		const starts = [...new Set(files.map(({ entry }) => entry.offset)), fetched.contentEnd].sort(
			(a, b) => a - b,
		);
		const following = new Map(starts.map((start, index) => [start, starts[index + 1] ?? start]));
		return new Map(
			files.map(({ entry, position }) => {
				const to = entry.endOffset ?? following.get(entry.offset) ?? fetched.contentEnd;
				return [position, { format, entry, range: { from: entry.offset, to: Math.min(to, blob.size) } }];
			}),
		);
	}
}

function tableGone(host: string, { subject }: BlobRequest): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${host}: the table of contents of ${subject} is no longer available.`,
		hint: 'Open the image again.',
	});
}
