/**
 * The files of an image that have had more than one name, with their names. A name is a node from one of its changes to the next. All
 * columns but those of names and layers have `count` items.
 */
export interface Inodes {
	readonly count: number;
	readonly bytes: Float64Array;
	/** The layer, 0-based, that has the content. */
	readonly layers: Uint16Array;
	/** The change that brought the content, and its node, the first name; -1 where the same layer replaced it again. */
	readonly ownChanges: Int32Array;
	readonly ownNodes: Int32Array;
	/** 1 where all names, the first one included, are and were in the same folder, as most are. */
	readonly inOneFolder: Uint8Array;
	/** The names of inode n are `[nameStarts[n], nameStarts[n + 1])`, in the order of nodes. */
	readonly nameStarts: Uint32Array;
	readonly nameNodes: Int32Array;
	readonly nameChanges: Uint32Array;
	/** The inodes of which layer k brings or takes names are `[layerStarts[k], layerStarts[k + 1])` of `layerInodes`. */
	readonly layerStarts: Uint32Array;
	readonly layerInodes: Uint32Array;
	/** The changes that made names, ascending, and the inode of each. */
	readonly changes: Uint32Array;
	readonly changeInodes: Uint32Array;
}

export const NONE = -1;

/** The inode of which a change made a name; -1 where it has no other. */
export function inodeOfChange({ changes, changeInodes }: Inodes, change: number): number {
	let [low, high] = [0, changes.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (changes[middle] < change) low = middle + 1;
		else high = middle;
	}
	return changes[low] === change ? changeInodes[low] : NONE;
}

/** What hard links lead to, each content once. */
export interface LinkedContents extends Pick<Inodes, 'count' | 'bytes' | 'layers'> {
	/** The inode of each link of the tree; -1 for one that leads to nothing that has bytes. */
	readonly ofLinks: Int32Array;
	/** The inode of each entry of a layer; null for a layer that has none. */
	readonly ofEntries: readonly (Int32Array | null)[];
}
