import { singleCells } from '../../text/width.ts';
import { styleSequence } from './style-sequence.ts';

const START_OF_LINE = '\u{1B}[1G';
const ERASE_TO_END = '\u{1B}[K';
const styling = new RegExp(styleSequence, 'y');
const simpleLine = new RegExp(`^(?:${singleCells}|${styleSequence})*$`);

/**
 * The output that turns one line of the screen into another. In the built program this replaces Ink's own function, which runs a
 * segmenter over every changed line. If every character of both lines takes one cell, as in nearly all lines, their common start is
 * left alone; any other line is written anew.
 */
export function lineUpdate(previous: string, next: string, columns: number | undefined): string {
	const whole = START_OF_LINE + ERASE_TO_END + next;
	if (!columns || !simpleLine.test(previous) || !simpleLine.test(next)) return whole;
	const { end, column, styles } = sameStart(previous, next);
	// A cursor beyond the last column stays on it.
	if (column === 0 || column >= columns) return whole;
	const rest = `\u{1B}[${column + 1}G${ERASE_TO_END}${styles}${next.slice(end)}`;
	return rest.length < whole.length ? rest : whole;
}

/** Where the common start of two lines ends, in characters and in cells, and the styles that are active there. */
function sameStart(previous: string, next: string): { end: number; column: number; styles: string } {
	let common = 0;
	while (common < next.length && next[common] === previous[common]) common += 1;
	let end = 0;
	let column = 0;
	let styles = '';
	while (end < common) {
		const code = styleAt(next, end);
		if (end + code.length > common) break;
		styles += code;
		end += Math.max(1, code.length);
		if (code === '') column += 1;
	}
	return { end, column, styles };
}

/** The escape sequence that starts here; empty where there is a character. */
function styleAt(line: string, position: number): string {
	if (line[position] !== '\u{1B}') return '';
	styling.lastIndex = position;
	return styling.exec(line)?.[0] ?? '';
}
