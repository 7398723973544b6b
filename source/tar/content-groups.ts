/**
 * Files that stood at one path with one size: which of them have the same content? Group g is the items
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

/** The answer: for each item the number of the first item of its group with the same content. */
export type ContentClasses = Uint32Array;
