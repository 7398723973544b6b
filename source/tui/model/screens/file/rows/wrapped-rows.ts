import { type Span, span } from '../../../line.ts';
import { rowText } from './row-spans.ts';
import { endOf, withoutEnd, wrapSpans } from './slice-spans.ts';
import type { TextRows } from './text-rows.ts';

export interface WrappedRow {
	readonly row: number;
	/** Cells. */
	readonly width: number;
	readonly spansOf: (row: number) => readonly Span[];
}

/**
 * A row in lines of at most so many cells. A long line is several rows: the end of one that fills no line of the screen goes to the row
 * after it, so that the line wraps as one.
 */
export function wrappedRow(rows: TextRows, wrapped: WrappedRow): readonly (readonly Span[])[] {
	const { row, width, spansOf } = wrapped;
	const own = withoutEnd(spansOf(row), handedOn(rows, width, row));
	return wrapSpans([...takenOver(rows, wrapped), ...own], width);
}

/** What the row before leaves to this one. */
export function takenOver(rows: TextRows, { row, width, spansOf }: WrappedRow): readonly Span[] {
	const units = row === 0 ? 0 : handedOn(rows, width, row - 1);
	return units === 0 ? [] : endOf(spansOf(row - 1), units);
}

/** So many rows at most are worked out for one of them, unless all that takes is to count ASCII characters. */
const ROWS_TOGETHER = 16;
const UNKNOWN = -1;
const plain = /^[\t\n\r -~]*$/;

interface HandedOn {
	readonly width: number;
	/** How many UTF-16 units of what is shown of each row go to the row after it. */
	readonly units: Int32Array;
}

const latest = new WeakMap<TextRows, HandedOn>();

function handedOn(rows: TextRows, width: number, row: number): number {
	const units = unitsFor(rows, width);
	let first = row;
	while (first > 0 && units[first - 1] === UNKNOWN && !endsTogether(rows, first - 1)) first -= 1;
	let before = first === 0 ? '' : endOfText(rowText(rows, first - 1), Math.max(0, units[first - 1]));
	for (; first <= row; first++) {
		// What takes less than a line as a whole stays where it is: no row is empty.
		const lines = endsTogether(rows, first) ? [] : wrapSpans([span(before + rowText(rows, first))], width);
		before = lines.length < 2 ? '' : (lines.at(-1) ?? []).map(({ text }) => text).join('');
		units[first] = before.length;
	}
	return units[row];
}

function unitsFor(rows: TextRows, width: number): Int32Array {
	const known = latest.get(rows);
	if (known?.width === width) return known.units;
	const units = new Int32Array(rows.lines.length).fill(UNKNOWN);
	latest.set(rows, { width, units });
	return units;
}

/** Whether a row hands nothing on, whatever is before it. */
function endsTogether({ bytes, starts, lines }: TextRows, row: number): boolean {
	if (lines[row + 1] !== lines[row]) return true;
	if ((row + 1) % ROWS_TOGETHER !== 0) return false;
	const { buffer, byteOffset } = bytes;
	const start = starts[row + 1 - ROWS_TOGETHER];
	const together = Buffer.from(buffer, byteOffset + start, starts[row + 1] - start);
	return !plain.test(together.toString('latin1'));
}

function endOfText(text: string, units: number): string {
	return text.slice(text.length - units);
}
