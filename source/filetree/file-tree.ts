import type { Changeset, StringColumn } from '../tar/changeset.ts';

/**
 * What happened to a path between two points of the stack. The code in a column is the position in this list.
 * `absent`: at neither point. `content`: type, content, link target or device differs. `metadata`: mode, uid, gid or extended attributes differ.
 * `identical`: all of those are the same and the bytes were shipped again.
 */
export const changeKinds = [
	'absent',
	'unchanged',
	'added',
	'content',
	'metadata',
	'identical',
	'removed',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

export const ABSENT = 0;
export const UNCHANGED = 1;
export const ADDED = 2;
export const CONTENT = 3;
export const METADATA = 4;
export const IDENTICAL = 5;
export const REMOVED = 6;

/** Why bytes are wasted: the kind of change that took away the last name, or `duplicate` (superseded in the same layer). */
export const wasteCauses = ['removed', 'content', 'metadata', 'identical', 'duplicate'] as const;
export type WasteCause = (typeof wasteCauses)[number];

/** `changeEntries` where the path was removed. */
export const NO_ENTRY = -1;
/** `changeEntries` where the path became a directory that no layer has an entry for: mode 0755, uid 0, gid 0. */
export const IMPLIED_DIRECTORY = -2;

/**
 * Every path of an image once. Node 0 is the root (its name is empty). Nodes are in preorder and siblings are in the byte order
 * of their names, so that a subtree is the range `[node, subtreeEnds[node])` and parents come before children.
 * A *change* is what one layer does to one node. Node n's changes are `[changeStarts[n], changeStarts[n + 1])`, lowest layer first.
 * A node stays as a change left it until its next change.
 */
export interface FileTree {
	readonly nodeCount: number;
	readonly layerCount: number;
	readonly parents: Int32Array;
	readonly subtreeEnds: Uint32Array;
	/** Name of each node: one path component, raw bytes. */
	readonly names: StringColumn;
	/** `nodeCount + 1` items. */
	readonly changeStarts: Uint32Array;
	/** 0-based layer index of each change. */
	readonly changeLayers: Uint16Array;
	/** Change-kind code of each change against everything below its layer. UNCHANGED: present, but no change by itself. */
	readonly changeKindCodes: Uint8Array;
	/** Index in the layer's changeset of what the path is after the change; or NO_ENTRY, or IMPLIED_DIRECTORY. */
	readonly changeEntries: Int32Array;
	/** Regular-file bytes that the path carries after the change; a hard link carries 0. For a removal: what it carried before. */
	readonly changeBytes: Float64Array;
	/** Two changes of one node with equal numbers have equal type, content, link target and device. */
	readonly changeContents: Uint32Array;
	/** The extended attributes that each path has after a change; null if no layer has any. */
	readonly changeAttributes: ChangeAttributes | null;
	/** Change indices of layer k, in node order, are `layerChanges[layerChangeStarts[k], layerChangeStarts[k + 1])`. */
	readonly layerChanges: Uint32Array;
	readonly layerChangeStarts: Uint32Array;
	readonly links: LinkColumns;
	/** The layers' changesets, lowest first: the attributes of entries. Their `paths` may be empty: names are in the tree. */
	readonly changesets: readonly Changeset[];
	readonly waste: WasteColumns;
}

/** What hard links share their content with. All arrays have one item for each change that made a path a hard link. */
export interface LinkColumns {
	/** The changes, ascending. */
	readonly changes: Uint32Array;
	/** The layer, 0-based, of the entry that has the content. */
	readonly layers: Uint16Array;
	/** The index of that entry in the changeset of its layer; NO_ENTRY for a link to nothing. */
	readonly entries: Int32Array;
}

/** The extended attributes that changes leave, by number. */
export interface ChangeAttributes {
	/** One for each change. Equal numbers mean equal attributes; 0 means no attributes. */
	readonly numbers: Uint32Array;
	/** The digest of each number from 1 on, `ATTRIBUTES_DIGEST_BYTES` a number. */
	readonly digests: Uint8Array;
}

/** Every path of an image and the layers' entries, without what the layers changed. */
export type PathTree = Pick<FileTree, 'nodeCount' | 'parents' | 'names' | 'changesets'>;

/** Each dead inode that had bytes: shipped, and not to be seen in the final file system. All arrays have `count` items. */
export interface WasteColumns {
	readonly count: number;
	/** The node whose entry carried the bytes. */
	readonly nodes: Int32Array;
	readonly bytes: Float64Array;
	/** The layer that shipped the bytes. */
	readonly layers: Uint16Array;
	/** The layer that took away the last visible name. */
	readonly culprits: Uint16Array;
	/** Position in `wasteCauses`. */
	readonly causes: Uint8Array;
}

/** Regular files of one layer. */
export interface LayerFiles {
	/** 0-based. */
	readonly layerIndex: number;
	/** Their entries in the layer's changeset. */
	readonly entries: Uint32Array;
}
