import type { SparseFiles } from './sparse/sparse-files.ts';

/**
 * What an entry of a layer is. The code in a column is the position in this list.
 * A hard link is an entry of its own here, as in the tar; a whiteout is not an entry.
 */
export const entryKinds = [
	'file',
	'hard-link',
	'symlink',
	'directory',
	'character-device',
	'block-device',
	'fifo',
] as const;

export type EntryKind = (typeof entryKinds)[number];

export const FILE = 0;
export const HARD_LINK = 1;
export const SYMLINK = 2;
export const DIRECTORY = 3;
export const CHARACTER_DEVICE = 4;
export const BLOCK_DEVICE = 5;
export const FIFO = 6;
/** `.wh.NAME`: the path column holds the path that it removes (OCI image specification, layer.md, "Whiteouts"). */
export const WHITEOUT = 7;
/** `.wh..wh..opq`: the path column holds the directory whose lower content it hides. */
export const OPAQUE_WHITEOUT = 8;

/** Byte strings end to end; string i is `bytes[ends[i - 1] ?? 0, ends[i])`. */
export interface StringColumn {
	readonly bytes: Uint8Array;
	readonly ends: Uint32Array;
}

/** Length of a content identity (`content-identity.ts`). */
export const IDENTITY_BYTES = 16;

/** How many bytes a SHA-256 has. */
export const DIGEST_BYTES = 32;

/** How many bytes the digest of the extended attributes of one entry has: half a SHA-256. */
export const ATTRIBUTES_DIGEST_BYTES = 16;

/** Set in the first byte of such a digest if capabilities of a file are among the attributes. */
export const CAPABILITIES_BIT = 1;

/** The entries of a layer that have extended attributes. */
export interface AttributesColumn {
	/** Their indices in the changeset, in ascending order. */
	readonly entries: Uint32Array;
	/** `ATTRIBUTES_DIGEST_BYTES` for each of them: equal attributes have equal digests. */
	readonly digests: Uint8Array;
}

/**
 * One layer's entries, in columns, in the order of the tar (OCI image specification, layer.md, "Layer changeset").
 * It depends on nothing but the uncompressed tar of the layer. All arrays have `count` items unless said otherwise.
 */
export interface Changeset {
	readonly count: number;
	/**
	 * Literal paths: without leading `/` or `./`, without empty and `.` components, without a trailing `/`. Only the opaque marker of the
	 * root has an empty one.
	 */
	readonly paths: StringColumn;
	/** One of the codes above. */
	readonly kinds: Uint8Array;
	/** Content bytes of regular files, with the holes of GNU sparse entries; 0 for all else. */
	readonly sizes: Float64Array;
	/** Permission bits and set-id bits, 0 to 0o7777. */
	readonly modes: Uint16Array;
	readonly uids: Uint32Array;
	readonly gids: Uint32Array;
	/** Modification times, seconds since 1970. */
	readonly mtimes: Float64Array;
	/** Symlink targets as written; hard-link targets as literal paths; `major:minor` for devices; else empty. */
	readonly targets: StringColumn;
	/** Position of the content in the uncompressed tar, bytes. */
	readonly positions: Float64Array;
	/** Where the holes are in the content of GNU sparse entries; null without any. The tar has the content of such an entry without them. */
	readonly sparse: SparseFiles | null;
	/** `IDENTITY_BYTES` an entry, zero where there is no content; null when the tar can be read again by position. */
	readonly identities: Uint8Array | null;
	/** The extended attributes of the entries that have some; null when none has. */
	readonly attributes: AttributesColumn | null;
	/** The SHA-256 of each regular file with content, `DIGEST_BYTES` an entry; null unless it was asked for and the tar was streamed. */
	readonly digests: Uint8Array | null;
	/** What was read from the contents of files; null unless it was asked for and the tar was streamed. */
	readonly facts: LayerFacts | null;
	/** The uncompressed tar, bytes: headers and padding included. */
	readonly unpackedBytes: number;
	/** SHA-256 of the uncompressed tar as `sha256:HEX`, where all of it was read. */
	readonly diffId: string | null;
	/** Headers of entries in the tar, including the root's own entry and those that were skipped. */
	readonly headerCount: number;
	readonly warnings: readonly TarWarning[];
}

/** What can be read from contents. Each group is read, cached and asked for by itself. */
export type FactGroup = 'packages' | 'secrets' | 'executables';

/** The groups that were read, each in the order of the tar. */
export type LayerFacts = Readonly<Partial<Record<FactGroup, readonly EntryFact[]>>>;

/** What a reader of contents says of one file (`facts/` knows what the values are). */
export interface EntryFact {
	/** The name of the reader. */
	readonly reader: string;
	/** The index of the entry in the changeset. */
	readonly entry: number;
	/** Null where nothing of the file can be read. */
	readonly fact: unknown;
	/** What of the file is left out of the fact and why, as half a sentence; null where nothing is. Hostile text may be in it: escape before printing. */
	readonly problem: string | null;
}

/** A warning without its layer, which is not known where the tar is read. */
export interface TarWarning {
	readonly code:
		| 'path-escapes-root'
		| 'invalid-name'
		| 'unknown-entry-type'
		| 'overlay-whiteout'
		| 'malformed-header'
		| 'malformed-extended-header'
		| 'lone-zero-block'
		| 'second-archive'
		| 'no-end-mark'
		| 'sparse-file-skipped'
		| 'sparse-file-not-hashed';
	readonly count: number;
	readonly example: string | null;
}

/** The bytes of string `index`, without a copy. */
export function stringAt(column: StringColumn, index: number): Uint8Array {
	return column.bytes.subarray(index === 0 ? 0 : column.ends[index - 1], column.ends[index]);
}

/** The digest of the extended attributes of entry `index`, without a copy; null where it has none. */
export function attributesAt({ attributes }: Changeset, index: number): Uint8Array | null {
	if (attributes === null) return null;
	const { entries, digests } = attributes;
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (entries[middle] < index) low = middle + 1;
		else high = middle;
	}
	if (entries[low] !== index) return null;
	return digests.subarray(low * ATTRIBUTES_DIGEST_BYTES, (low + 1) * ATTRIBUTES_DIGEST_BYTES);
}
