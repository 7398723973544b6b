import { type Changeset, IDENTITY_BYTES } from '../../../tar/changeset.ts';
import { ChangesetBuilder } from '../../../tar/changeset-builder.ts';
import { EntryDecoder, paddedBytes, type TarEntry } from '../../../tar/entry-decoder.ts';
import { BLOCK_BYTES } from '../../../tar/header.ts';
import { typeFlagOf } from '../../../tar/type-flags.ts';
import type { Toc, TocEntry } from './toc-entries.ts';

/** What else has to be known to make of a table what the tar would give. */
export interface TocExtras {
	/** The header of the entry that the table itself is, where the tar lists it; and the SHA-256 of the table. */
	readonly own: { readonly header: Uint8Array; readonly digest: string } | null;
	/** The uncompressed tar, bytes, where that is known; else it is worked out. */
	readonly unpackedBytes: number | null;
}

const END_BYTES = 2 * BLOCK_BYTES;
const LONGEST_NAME = 100;

/**
 * The changeset of a layer from its table of contents alone: what reading the whole layer gives, but for the digest of the tar, and where
 * `unpackedBytes` is not known for blocks with long names and the like in the sum of headers and contents. Identities are halves of
 * SHA-256.
 */
export function tocChangeset(toc: Toc, { own, unpackedBytes }: TocExtras): Changeset {
	const builder = new ChangesetBuilder({ withIdentities: true, expectedBytes: 0 });
	let position = 0;
	for (const placed of placedEntries(toc)) {
		const index = builder.add(tarEntry(placed.entry), placed.position);
		if (index >= 0 && placed.entry.digest !== null)
			builder.setIdentity(index, identityOf(placed.entry.digest));
		position = placed.end;
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

export interface PlacedEntry {
	readonly entry: TocEntry;
	/** Where the content would start in the tar if there were no blocks but those that can be told, bytes: what files are found by again. */
	readonly position: number;
	readonly end: number;
}

/** The entries, and where each would stand. */
export function* placedEntries({ entries }: Toc): Generator<PlacedEntry> {
	let position = 0;
	for (const entry of entries) {
		position += BLOCK_BYTES + extensionBytes(entry);
		const end = position + paddedBytes(entry.size);
		yield { entry, position, end };
		position = end;
	}
}

/** A name that is too long for a header takes one more with a block or more of its own. */
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
