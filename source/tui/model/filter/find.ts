/** What a text or a pattern found. */
export interface Find {
	/** Matching nodes, ascending. A node below a match is not listed. */
	readonly nodes: Int32Array;
	/** The names that contain a text, ascending, as `SearchableNames` numbers them; null for what may go beyond one name. */
	readonly names: Int32Array | null;
}
