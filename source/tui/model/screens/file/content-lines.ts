import type { Size } from '../../layout.ts';
import { type Line, type Span, span } from '../../line.ts';
import { type FileState, type LoadedContent, showsHex } from './file-state.ts';
import { gutterWidth, pageHeight, rowSpans, wrappedLines } from './pages-of.ts';
import { bytesARow, hexSpans } from './rows/hex-rows.ts';
import { withoutCells } from './rows/slice-spans.ts';
import { isContinued } from './rows/text-rows.ts';

interface Page {
	readonly state: FileState;
	readonly size: Size;
}

/** The lines of a page: text with line numbers, or bytes. */
export function contentLines(content: LoadedContent, page: Page): readonly Line[] {
	return (showsHex(page.state) ? hexLines : textLines)(content, page);
}

function hexLines({ part }: LoadedContent, { state, size }: Page): readonly Line[] {
	const width = bytesARow(size.columns);
	const lines: Line[] = [];
	for (let row = state.position.row; lines.length < pageHeight(size); row++) {
		const start = row * width;
		if (start >= part.bytes.length) break;
		lines.push(lineOf(hexSpans(part.bytes.subarray(start, start + width), part.start + start, width)));
	}
	return lines;
}

function textLines(content: LoadedContent, { state, size }: Page): readonly Line[] {
	const { rows, part } = content;
	const gutter = gutterWidth(content);
	const lines: Line[] = [];
	for (let row = state.position.row; row < rows.lines.length && lines.length < pageHeight(size); row++) {
		const number = isContinued(rows, row) ? '' : String(part.linesBefore + rows.lines[row] + 1);
		const [first, ...others] = shownLines({ state, size }, content, row);
		lines.push(lineOf([span(`${number.padStart(gutter - 1)} `, 'faint'), ...first]));
		for (const other of others) lines.push(lineOf([span(' '.repeat(gutter)), ...other]));
	}
	return lines.slice(0, pageHeight(size));
}

/** A row as the page has it: what of it is right of the left edge, or all of it wrapped. Of the first row the lines from the position on. */
function shownLines(
	{ state, size }: Page,
	content: LoadedContent,
	row: number,
): readonly (readonly Span[])[] {
	if (!state.isWrapped) return [withoutCells(rowSpans(state, content, row), state.left)];
	const wrapped = wrappedLines({ state, size }, content, row);
	const lines = row === state.position.row ? wrapped.slice(state.position.line) : wrapped;
	return lines.length === 0 ? [[]] : lines;
}

function lineOf(spans: readonly Span[]): Line {
	return { spans, highlight: 'none' };
}
