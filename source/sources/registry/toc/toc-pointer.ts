import type { Descriptor } from '../../../image/descriptor.ts';
import { parseDigest } from '../../../image/digest.ts';
import type { BlobRange } from '../blob-chunks.ts';

/** The annotations of a manifest about the table of contents of a layer: what is needed to find and to check it. */
export type TocPointer = EstargzPointer | ChunkedPointer;

export interface EstargzPointer {
	readonly format: 'estargz';
	/** Of the JSON document. */
	readonly digest: string;
	/** The layer's uncompressed tar, bytes; null when it is not stated. */
	readonly unpackedBytes: number | null;
}

export interface ChunkedPointer {
	readonly format: 'zstd-chunked';
	/** Of the compressed document. */
	readonly digest: string;
	/** Where the compressed document is in the blob. */
	readonly range: BlobRange;
	/** Where the headers of the tar are stored beside it; null without them. */
	readonly headers: BlobRange | null;
}

/** Longest table that is read, bytes; a layer with a longer one is read whole. */
export const LARGEST_TOC_BYTES = 64 * 1024 * 1024;

/**
 * Where the table of contents is, for an eStargz or zstd:chunked layer whose manifest has the digest of the table. Null for all others,
 * because a table without that digest cannot be trusted.
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

/** The prefix of the annotations has changed over time. The position is `START:COMPRESSED:UNCOMPRESSED:TYPE`, and 1 is the only type. */
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

/** The range is checked when it is fetched. */
function rangeOf(from: number, bytes: number): BlobRange {
	return { from, to: from + bytes };
}

/** Identities are made of SHA-256 only. */
function isSha256(digest: string | null): digest is string {
	return digest?.startsWith('sha256:') ?? false;
}
