import type { Paint, Tone } from './paint.ts';
import { cellWidth, cutText } from './width.ts';

export interface Column {
	/** Left out where the rows speak for themselves: a table none of whose columns has one has no header line. */
	readonly header?: string;
	readonly align?: 'left' | 'right';
	/** Set on the columns that give way when the line is too long: where they are cut. */
	readonly cut?: 'middle' | 'end';
}

/** Text that is safe for a terminal already, or such text with a tone. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

export interface TableLayout {
	/** Columns of the terminal; null where lines may be as long as they need. */
	readonly width: number | null;
	readonly paint: Paint;
}

const GAP = '  ';
const INDENT = '  ';
const MINIMUM_CUT_WIDTH = 12;

/** Where lines may be as long as they need, a hostile name still has an end. */
const MAXIMUM_CUT_WIDTH = 1000;

/** Lines of a table: a header, then the rows, every column as wide as its widest cell. */
export function formatTable(
	columns: readonly Column[],
	rows: readonly (readonly Cell[])[],
	{ width, paint }: TableLayout,
): string[] {
	const widths = columnWidths(columns, rows, width);
	const header = columns.map(({ header = '' }): Cell => ({ text: header, tone: 'faint' }));
	const hasHeader = columns.some(({ header }) => header !== undefined);
	return [...(hasHeader ? [header] : []), ...rows].map((cells) => {
		const line = cells.map((cell, index) => formatCell(cell, columns[index], widths[index], paint)).join(GAP);
		return `${INDENT}${line}`.trimEnd();
	});
}

function columnWidths(
	columns: readonly Column[],
	rows: readonly (readonly Cell[])[],
	width: number | null,
): number[] {
	const widths = columns.map(({ header = '', cut }, index) => {
		const widest = rows.reduce((most, row) => Math.max(most, cellWidth(textOf(row[index]))), header.length);
		return cut === undefined ? widest : Math.min(widest, MAXIMUM_CUT_WIDTH);
	});
	if (width === null) return widths;
	const total = widths.reduce((sum, each) => sum + each, INDENT.length + GAP.length * (columns.length - 1));
	const flexible = columns.flatMap(({ cut }, index) => (cut === undefined ? [] : [index]));
	return narrowed(widths, flexible, total - width);
}

/** Takes cells from the columns that give way, one after the other from whichever is the widest by then. */
function narrowed(widths: readonly number[], flexible: readonly number[], cells: number): number[] {
	const narrower = [...widths];
	for (let left = cells; left > 0; left--) {
		const [widest] = flexible.toSorted((one, other) => narrower[other] - narrower[one]);
		if (widest === undefined || narrower[widest] <= MINIMUM_CUT_WIDTH) break;
		narrower[widest] -= 1;
	}
	return narrower;
}

function formatCell(cell: Cell, column: Column, width: number, paint: Paint): string {
	const whole = textOf(cell);
	const text = cutText(whole, width, column.cut ?? 'end');
	const padding = ' '.repeat(Math.max(0, width - cellWidth(text)));
	const painted = typeof cell === 'string' ? text : paint(cell.tone, text);
	return column.align === 'right' ? padding + painted : painted + padding;
}

function textOf(cell: Cell): string {
	return typeof cell === 'string' ? cell : cell.text;
}
