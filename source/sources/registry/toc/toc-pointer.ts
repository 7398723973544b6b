import type { Descriptor } from '../../../image/descriptor.ts';
import { parseDigest } from '../../../image/digest.ts';
import type { BlobRange } from '../blob-chunks.ts';

/** What a manifest says of the table of contents of a layer: all that is needed to find it and to know that it is the one meant. */
export type TocPointer = EstargzPointer | ChunkedPointer;

export interface EstargzPointer {
	readonly format: 'estargz';
	/** Of the JSON document. */
	readonly digest: string;
	/** The layer's uncompressed tar, bytes; null where it is not said. */
	readonly unpackedBytes: number | null;
}

export interface ChunkedPointer {
	readonly format: 'zstd-chunked';
	/** Of the document as it is packed. */
	readonly digest: string;
	/** Where the packed document is in the blob. */
	readonly range: BlobRange;
	/** Where the headers of the tar are kept beside it; null where they are not. */
	readonly headers: BlobRange | null;
}

/** Longest table that is read, bytes; a layer with more files than that is as well read whole. */
export const LARGEST_TOC_BYTES = 64 * 1024 * 1024;

/**
 * Where the table of contents of a layer is, for an eStargz or a zstd:chunked layer whose manifest names the table's digest; null for all
 * others, and for a table that nobody vouches for.
 */
export function tocPointer({ annotations, size }: Descriptor): TocPointer | null {
	if (size === null) return null;
	return chunkedPointer(annotations) ?? estargzPointer(annotations);
}

function estargzPointer(annotations: Descriptor['annotations']): EstargzPointer | null {
	const digest = parseDigest(annotations['containerd.io/snapshot/stargz/toc.digest']);
	if (!isSha256(digest)) return null;
	const bytes = annotations['io.containers.estargz.uncompressed-size'] ?? '';
	return { format: 'estargz', digest, unpackedBytes: /^\d{1,15}$/.test(bytes) ? Number(bytes) : null };
}

/** The annotations had another prefix at first. The position is `START:PACKED:UNPACKED:TYPE`, and 1 is the only type. */
function chunkedPointer(annotations: Descriptor['annotations']): ChunkedPointer | null {
	for (const prefix of ['io.github.containers', 'io.containers']) {
		const digest = parseDigest(annotations[`${prefix}.zstd-chunked.manifest-checksum`]);
		const position = annotations[`${prefix}.zstd-chunked.manifest-position`] ?? '';
		const match = /^(\d{1,15}):(\d{1,15}):(\d{1,15}):1$/.exec(position);
		if (!isSha256(digest) || match === null) continue;
		const [start, packedBytes] = match.slice(1).map(Number);
		const headers = /^(\d{1,15}):(\d{1,15}):/.exec(
			annotations[`${prefix}.zstd-chunked.tarsplit-position`] ?? '',
		);
		return {
			format: 'zstd-chunked',
			digest,
			range: rangeOf(start, packedBytes),
			headers: headers === null ? null : rangeOf(Number(headers[1]), Number(headers[2])),
		};
	}
	return null;
}

/** Whether the blob has such a range shows when it is asked for. */
function rangeOf(from: number, bytes: number): BlobRange {
	return { from, to: from + bytes };
}

/** What identities are made of, and nothing else will do. */
function isSha256(digest: string | null): digest is string {
	return digest?.startsWith('sha256:') ?? false;
}
