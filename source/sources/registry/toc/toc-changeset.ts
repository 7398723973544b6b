import { type Changeset, IDENTITY_BYTES } from '../../../tar/changeset.ts';
import { ChangesetBuilder } from '../../../tar/changeset-builder.ts';
import { EntryDecoder, paddedBytes } from '../../../tar/entry-decoder.ts';
import { BLOCK_BYTES } from '../../../tar/header.ts';
import type { TarEntry } from '../../../tar/headers/tar-entry.ts';
import { typeFlagOf } from '../../../tar/type-flags.ts';
import type { Toc, TocEntry } from './toc-entries.ts';

/** What the changeset of the tar has beyond its table of contents. */
export interface TocExtras {
	/** The header of the table's own entry and the SHA-256 of the table; null when a reader of the tar does not come to that entry. */
	readonly own: { readonly header: Uint8Array; readonly digest: string } | null;
	/** The uncompressed tar, bytes; null when it is unknown and has to be computed. */
	readonly unpackedBytes: number | null;
}

const END_BYTES = 2 * BLOCK_BYTES;
const LONGEST_NAME = 100;

/**
 * The changeset of a layer from its table of contents alone. It equals that of the whole layer but for the digest of the tar, and without
 * `unpackedBytes` the computed size may lack blocks of extension headers. Identities are halves of SHA-256.
 */
export function tocChangeset(toc: Toc, { own, unpackedBytes }: TocExtras): Changeset {
	const builder = new ChangesetBuilder({ withIdentities: true, expectedBytes: 0, budget: null });
	let position = 0;
	for (const { entry, position: start, end } of positionedEntries(toc)) {
		const index = builder.add(tarEntry(entry), start);
		if (index >= 0 && entry.digest !== null) builder.setIdentity(index, identityOf(entry.digest));
		position = end;
	}
	if (own !== null) {
		const decoder = new EntryDecoder();
		decoder.decode(own.header, 0);
		const index = builder.add(decoder.entry, position + BLOCK_BYTES);
		if (index >= 0) builder.setIdentity(index, identityOf(own.digest));
		position += BLOCK_BYTES + paddedBytes(decoder.entry.contentBytes);
	}
	return builder.finish({ unpackedBytes: unpackedBytes ?? position + END_BYTES, diffId: null });
}

export interface PositionedEntry {
	readonly entry: TocEntry;
	/** Where the content starts in the tar if it has no other blocks than those computed here, bytes. Files are found by it. */
	readonly position: number;
	readonly end: number;
}

/** The entries with their computed positions. */
export function* positionedEntries({ entries }: Toc): Generator<PositionedEntry> {
	let position = 0;
	for (const entry of entries) {
		position += BLOCK_BYTES + extensionBytes(entry);
		const end = position + paddedBytes(entry.size);
		yield { entry, position, end };
		position = end;
	}
}

/** A name that is too long for a header has an extension header with content of its own. */
function extensionBytes({ name, linkName }: TocEntry): number {
	return [name, linkName]
		.map((text) => Buffer.byteLength(text))
		.filter((bytes) => bytes > LONGEST_NAME)
		.reduce((sum, bytes) => sum + BLOCK_BYTES + paddedBytes(bytes + 1), 0);
}

const noBytes = { bytes: new Uint8Array(0), start: 0, end: 0 };

function tarEntry(entry: TocEntry): TarEntry {
	const { kind, name, linkName, size, mode, ...rest } = entry;
	return {
		...rest,
		typeFlag: typeFlagOf(kind),
		name: spanOf(name),
		prefix: noBytes,
		linkName: spanOf(linkName),
		contentBytes: size,
		sparse: null,
		mode: mode & 0o7777,
	};
}

function spanOf(text: string): TarEntry['name'] {
	const bytes = Buffer.from(text);
	return { bytes, start: 0, end: bytes.length };
}

function identityOf(digest: string): Uint8Array {
	return Buffer.from(digest.slice(digest.indexOf(':') + 1), 'hex').subarray(0, IDENTITY_BYTES);
}
