/**
 * Groups of files with one path and one size in several layers, whose contents are to be compared. Group g is the items
 * `[starts[g], starts[g + 1])`, lowest layer first; every group has two items or more.
 */
export interface ContentGroups {
	readonly count: number;
	readonly starts: Uint32Array;
	/** The layer of each item. */
	readonly layers: Uint16Array;
	/** The index of each item in its layer's changeset. */
	readonly entries: Uint32Array;
}

/** The result: for each item the number of the first item of its group with the same content. */
export type ContentClasses = Uint32Array;
