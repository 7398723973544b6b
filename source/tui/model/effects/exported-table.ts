/** A view as rows of values, for a file. */
export interface ExportedTable {
	/** What the file is called after: `findings`. */
	readonly name: string;
	readonly columns: readonly string[];
	readonly count: number;
	/** The cells of rows `start` to `end - 1`. A text is safe for a terminal, and whole; bytes are numbers. */
	readonly rows: (start: number, end: number) => readonly (readonly ExportedCell[])[];
	/** What the rows are of, in their order, where the report has a form of its own for it; null for a view that it does not have. */
	readonly items: ExportedItems | null;
}

export type ExportedCell = string | number | null;

/** The items of a list: of findings, copies, packages and the like. */
export interface ExportedItems {
	readonly slice: (start: number, end: number) => readonly object[];
}
