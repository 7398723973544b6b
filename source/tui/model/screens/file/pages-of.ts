import { spansWidth } from '../../cells.ts';
import type { DiffLine } from '../../effects/file-requests.ts';
import type { Size } from '../../layout.ts';
import { FOOTER_ROWS } from '../../layout.ts';
import type { Span } from '../../line.ts';
import { type FileState, type LoadedContent, showsHex } from './file-state.ts';
import { bytesARow } from './rows/hex-rows.ts';
import type { Pages } from './rows/pages.ts';
import { rangesOfRuns, styledSpans } from './rows/row-spans.ts';
import { rowRange } from './rows/text-rows.ts';
import { takenOver, type WrappedRow, wrappedRow } from './rows/wrapped-rows.ts';
import { matchesIn } from './search.ts';

/** From so many columns on, both versions of a diff stand side by side. */
const SIDE_BY_SIDE_COLUMNS = 160;

/** The lines of a page: all above the footer but the title. */
export function pageHeight({ rows }: Size): number {
	return rows - FOOTER_ROWS - 1;
}

/** What the page goes through in this state. */
export function pagesOf(state: FileState, size: Size): Pages {
	const height = pageHeight(size);
	const { content, diff, isWrapped } = state;
	if (diff !== null)
		return { rows: diff.kind === 'compared' ? diffLength(diff, size) : 0, linesIn: () => 1, height };
	if (content.kind !== 'loaded') return { rows: 0, linesIn: () => 1, height };
	if (showsHex(state)) {
		const rows = Math.ceil(content.part.bytes.length / bytesARow(size.columns));
		return { rows, linesIn: () => 1, height };
	}
	const linesIn = isWrapped ? (row: number) => wrappedLines({ state, size }, content, row).length : () => 1;
	return { rows: content.rows.lines.length, linesIn, height };
}

export function isSideBySide({ columns }: Size): boolean {
	return columns >= SIDE_BY_SIDE_COLUMNS;
}

/** The cells of the line numbers, with those around them. */
export function gutterWidth({ part, rows }: LoadedContent): number {
	const last = part.linesBefore + (rows.lines.at(-1) ?? 0) + 1;
	return Math.max(3, String(last).length) + 2;
}

/** The cells that text has between the line numbers and the scrollbar. */
export function textWidth(content: LoadedContent, { columns }: Size): number {
	return Math.max(2, columns - gutterWidth(content) - 1);
}

/** A row of text with its colours, and what is searched for. */
export function rowSpans(state: FileState, { rows, runs }: LoadedContent, row: number): readonly Span[] {
	const range = rowRange(rows, row);
	const matches = state.wanted === '' ? [] : matchesIn(rows.bytes, state.wanted, range);
	return styledSpans(rows.bytes, range, [...rangesOfRuns(runs, range), ...matches]);
}

/** Where the content is shown. */
interface Page {
	readonly state: FileState;
	readonly size: Size;
}

/** The lines that a row takes where long lines are wrapped. */
export function wrappedLines(page: Page, content: LoadedContent, row: number): readonly (readonly Span[])[] {
	return wrappedRow(content.rows, wrappedAt(page, content, row));
}

/** The cells at the start of a row that it has from the row before. */
export function cellsTakenOver(page: Page, content: LoadedContent, row: number): number {
	return spansWidth(takenOver(content.rows, wrappedAt(page, content, row)));
}

function wrappedAt({ state, size }: Page, content: LoadedContent, row: number): WrappedRow {
	const spansOf = (each: number) => rowSpans(state, content, each);
	return { row, width: textWidth(content, size), spansOf };
}

function diffLength(
	{
		diff,
		rows,
	}: { readonly diff: { readonly lines: readonly DiffLine[] }; readonly rows: readonly unknown[] },
	size: Size,
): number {
	return isSideBySide(size) ? rows.length : diff.lines.length;
}
