import type { SubjectKind } from './subject.ts';

/** Cells of the terminal. */
export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** The smallest terminal that the views fit. */
export const minimumSizes: Readonly<Record<SubjectKind, Size>> = {
	image: { columns: 60, rows: 15 },
	difference: { columns: 60, rows: 15 },
};

/** The lines below a view: the user's position, and the keys. */
export const FOOTER_ROWS = 2;

export function isTooSmall({ columns, rows }: Size, kind: SubjectKind): boolean {
	const minimum = minimumSizes[kind];
	return columns < minimum.columns || rows < minimum.rows;
}
