import type { Step } from '../../../list-window.ts';

/** A text of which a page is shown. Each row takes one line or, wrapped, several. */
export interface Pages {
	readonly rows: number;
	readonly linesIn: (row: number) => number;
	/** The lines of a page. */
	readonly height: number;
}

/** The first line of a page: a row, and which of its lines. */
export interface Position {
	readonly row: number;
	readonly line: number;
}

export const START: Position = { row: 0, line: 0 };

/** The position that many lines further on, or back where `lines` is negative; as far as there are lines. */
export function movedBy({ row, line }: Position, lines: number, { rows, linesIn }: Pages): Position {
	if (rows === 0) return START;
	let at = { row: Math.min(row, rows - 1), line };
	at.line = Math.min(at.line, linesIn(at.row) - 1);
	for (let left = Math.abs(lines); left > 0; left--) {
		const next = lines > 0 ? after(at, rows, linesIn) : before(at, linesIn);
		if (next === null) break;
		at = next;
	}
	return at;
}

/** The last position with a whole page below it. */
export function lastPosition(pages: Pages): Position {
	const { rows, linesIn, height } = pages;
	if (rows === 0) return START;
	return movedBy({ row: rows - 1, line: linesIn(rows - 1) - 1 }, 1 - height, pages);
}

/** The position after a key that moves. */
export function stepped(
	position: Position,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
	pages: Pages,
): Position {
	const last = lastPosition(pages);
	if (step === 'all') return direction === 1 ? last : START;
	const distance = step === 'line' ? 1 : Math.max(1, pages.height - 1);
	return earlier(movedBy(position, direction * distance, pages), last);
}

export function earlier(one: Position, other: Position): Position {
	return isBefore(one, other) ? one : other;
}

export function isBefore(one: Position, other: Position): boolean {
	return one.row < other.row || (one.row === other.row && one.line < other.line);
}

type LinesIn = Pages['linesIn'];

function after({ row, line }: Position, rows: number, linesIn: LinesIn): Position | null {
	if (line + 1 < linesIn(row)) return { row, line: line + 1 };
	return row + 1 < rows ? { row: row + 1, line: 0 } : null;
}

function before({ row, line }: Position, linesIn: LinesIn): Position | null {
	if (line > 0) return { row, line: line - 1 };
	return row > 0 ? { row: row - 1, line: linesIn(row - 1) - 1 } : null;
}
