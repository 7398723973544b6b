/** Cells of the terminal. */
export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** The smallest terminal that a view fits. */
export const minimumSize: Size = { columns: 80, rows: 24 };

/** The lines below a view: the user's position, and the keys. */
export const FOOTER_ROWS = 2;

export function isTooSmall({ columns, rows }: Size): boolean {
	return columns < minimumSize.columns || rows < minimumSize.rows;
}
