/** A part of a text, in UTF-16 code units; the end is not in it. */
export interface Span {
	readonly start: number;
	readonly end: number;
}
