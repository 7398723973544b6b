/** What a text or a pattern found. */
export interface Find {
	/** Matching nodes, ascending. A node below a match is not listed. */
	readonly nodes: Int32Array;
	/** The numbers in `SearchableNames` of the names that contain a text, ascending; null for a search across several names. */
	readonly names: Int32Array | null;
}
