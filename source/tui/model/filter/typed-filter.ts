/** A filter as the user typed it, and what came of it. */
export interface TypedFilter {
	readonly text: string;
	/** Why the filter is not valid; null if it is. */
	readonly problem: string | null;
	/** How much it found; null without a filter, and if the filter is not valid. */
	readonly found: number | null;
}
