/** Paths of the final file system that have the same content. */
export interface CopyGroup {
	/** A folder stands for all that is in it: names, types and contents are the same. */
	readonly type: 'file' | 'folder';
	/** The nodes of the copies, in path order. A copy within a listed folder is listed once, by the first of the folders. */
	readonly nodes: Int32Array;
	/** Files in one copy: everything but directories. */
	readonly files: number;
	/** The bytes of one copy. */
	readonly copyBytes: number;
	/** What would go if there were one copy only, bytes. Hard links between copies make it less than the other copies' bytes. */
	readonly savedBytes: number;
}

/** All groups, greatest saving first, then in path order. No byte is saved by two of them. */
export interface CopyGroups extends Iterable<CopyGroup> {
	readonly length: number;
	/** The groups ranked `start` to `end - 1`, from 0. */
	slice(start: number, end: number): readonly CopyGroup[];
}

/** What the final file system has more than once. Hard links to one inode are one copy. */
export interface Copies {
	/** Smaller copies are left out. */
	readonly fromBytes: number;
	readonly groups: CopyGroups;
	/** The sum of what the groups save, bytes. */
	readonly savedBytes: number;
	/** Layers, 0-based, whose contents could not be read, so that copies of their files are not known. */
	readonly unreadLayers: readonly number[];
	/** Files that were to be compared and whose content is not known. */
	readonly unknownFiles: number;
}

/** What is known of the contents that were to be compared. */
export interface ComparedContents {
	/** A number for each candidate: equal ones mean equal contents, and -1 that the content is not known. */
	readonly classes: Int32Array;
	readonly unreadLayers: readonly number[];
}
