/** Where a pane is in the columns of a view, in cells; its title is the line above. */
export interface PaneArea<Pane extends string = string> {
	readonly pane: Pane;
	readonly left: number;
	/** The first line below the title. */
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** The line of a pane that is its title. */
export const TITLE_LINE = -1;

/** A place in a pane: the line is 0-based below the title, `TITLE_LINE`, or null for the pane alone. */
export interface PanePlace<Pane extends string = string> {
	readonly pane: Pane;
	readonly line: number | null;
	readonly cell: number;
}

/** The pane at a cell of the columns; null for what is between panes. */
export function paneAt<Pane extends string>(
	areas: readonly PaneArea<Pane>[],
	column: number,
	row: number,
): PanePlace<Pane> | null {
	const found = areas.find(
		({ left, top, width, height }) =>
			column >= left && column < left + width && row >= top + TITLE_LINE && row < top + height,
	);
	return found === undefined ? null : { pane: found.pane, line: row - found.top, cell: column - found.left };
}

/** Which of the words in a title is at a cell; null for none. A sign may follow a word, such as the arrow of a sorted column. */
export function wordAt(title: string, words: readonly string[], cell: number): number | null {
	const found = words.findIndex((word) => {
		const start = word === '' ? -1 : title.indexOf(word);
		return start !== -1 && cell >= start && cell <= start + word.length;
	});
	return found === -1 ? null : found;
}

/** Cells of a title before its name. */
export const TITLE_INDENT = 2;
