import type { TarEntryType } from '../support/archives/tar-entry.ts';

/*
 * A case of the fuzzer as plain data: it can be sent to a worker, written to a file, and made smaller. Names and contents are text with
 * one character a byte.
 */

export interface Plan {
	readonly form: ArchiveForm;
	/** Lowest first. */
	readonly layers: readonly LayerPlan[];
	readonly documents: readonly DocumentChange[];
	readonly indexTrap: IndexTrap | null;
	/** What is done to the archive before it is packed. */
	readonly damage: readonly Damage[];
	readonly packing: Packing;
	/** What is done to the archive once it is packed. */
	readonly packedDamage: readonly Damage[];
	/** The seed of what the checks choose: where a stream is cut, which files are opened. */
	readonly choices: number;
}

export type ArchiveForm = 'docker' | 'docker-25' | 'podman' | 'oci' | 'snapshot';

export type Packing = 'plain' | 'gzip' | 'gzip-members' | 'zstd' | 'xz' | 'bzip2';

export interface LayerPlan {
	readonly entries: readonly EntryPlan[];
	/** Paths of many parts, which cost little to write and much to keep. */
	readonly deepPaths: { readonly paths: number; readonly parts: number } | null;
	readonly ending: LayerEnding;
	/** What is done to the tar before it is packed. */
	readonly damage: readonly Damage[];
	/** A bzip2 layer has a fixed content in place of the entries, as nothing in Node packs bzip2. */
	readonly packing: Packing;
	readonly packedDamage: readonly Damage[];
}

/** What follows the last entry. `second-tar` is another tar behind the end mark. */
export type LayerEnding = 'two-blocks' | 'one-block' | 'none' | 'ten-kilobytes' | 'second-tar' | 'garbage';

export interface EntryPlan {
	readonly name: string;
	readonly type: TarEntryType;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly mtime: number;
	readonly content: string;
	readonly target: string;
	readonly xattrs: Readonly<Record<string, string>>;
	/** How it is written. All ways mean the same. */
	readonly writing: Writing;
	/** What its header says that is not so; null for an honest entry. */
	readonly lie: Lie | null;
}

export type Writing =
	| 'ustar'
	| 'v7'
	| 'gnu'
	| 'base-256'
	| 'prefix'
	/** Numbers in base 256 and a prefix under the magic of GNU tar, as Go wrote before 1.8. */
	| 'go-1.7'
	| 'pax'
	/** Two extended headers in a row, of which the last one counts. */
	| 'two-pax'
	| 'sparse-old'
	| 'sparse-0.0'
	| 'sparse-0.1'
	| 'sparse-1.0';

export type Lie =
	/** Bytes over the header. The checksum is right again afterwards, or is left wrong. */
	| {
			readonly kind: 'field';
			readonly offset: number;
			readonly text: string;
			readonly rightChecksum: boolean;
	  }
	/** An extended header with any content. */
	| { readonly kind: 'pax'; readonly typeFlag: 'x' | 'g'; readonly content: string }
	/** An extension header that states another size than it has. */
	| { readonly kind: 'extension'; readonly typeFlag: string; readonly size: number };

/** Places are fractions of the length, so that a plan holds when other parts of it change. */
export type Damage =
	| { readonly kind: 'byte'; readonly at: number; readonly to: number }
	| { readonly kind: 'truncate'; readonly at: number; readonly toBlock: boolean }
	| { readonly kind: 'zero-block'; readonly at: number }
	| {
			readonly kind: 'move' | 'copy' | 'drop';
			readonly at: number;
			readonly blocks: number;
			readonly to: number;
	  };

/** A change of one JSON document. */
export interface DocumentChange {
	/** Which document: its remainder by how many there are. */
	readonly document: number;
	/** Which member to go to at each level. */
	readonly steps: readonly number[];
	readonly change: DocumentChangeKind;
}

export const documentChanges = [
	'huge-number',
	'negative-number',
	'fraction',
	'null',
	'list',
	'object',
	'text',
	'empty-text',
	'long-text',
	'hostile-path',
	'deep',
	'prototype',
	'duplicate-key',
	'remove',
	'repeat',
	'cut',
	'trailing',
	'spaces',
	'byte-order-mark',
] as const;

export type DocumentChangeKind = (typeof documentChanges)[number];

/** Changes after which a document still says the same. */
export const harmlessChanges: readonly DocumentChangeKind[] = ['spaces', 'byte-order-mark'];

/** Indexes that lead to themselves or to each other, each descriptor as often as said. */
export interface IndexTrap {
	readonly indexes: number;
	readonly descriptors: number;
}
