import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import { type Highlight, type Line, type Span, span } from './line.ts';

/**
 * The class, as in a regular expression, of characters that take one cell each: ASCII, Latin, and the lines, bars and signs that the
 * screen itself is made of.
 */
export const singleCells = '[ -~\\u00A1-\\u00AC\\u00AE-\\u017F–…←-↓─-▟▸▾❯›×]';
const narrow = new RegExp(`^${singleCells}*$`);

/** How many cells the text takes. */
export function cellWidth(text: string): number {
	return narrow.test(text) ? text.length : stringWidth(text);
}

export type Cut = 'start' | 'middle' | 'end';

/** The text cut to at most `width` cells, with `…` where something is missing. */
export function cut(text: string, width: number, position: Cut = 'end'): string {
	if (cellWidth(text) <= width) return text;
	if (width < 1) return '';
	if (position === 'start' && narrow.test(text)) return `…${text.slice(text.length - width + 1)}`;
	if (position === 'end' && narrow.test(text)) return `${text.slice(0, width - 1)}…`;
	return cliTruncate(text, width, { position });
}

/** The text in exactly `width` cells, starting at the left. */
export function padEnd(text: string, width: number, position: Cut = 'end'): string {
	const shown = cut(text, width, position);
	return shown + ' '.repeat(Math.max(0, width - cellWidth(shown)));
}

/** The text in exactly `width` cells, ending at the right. */
export function padStart(text: string, width: number, position: Cut = 'end'): string {
	const shown = cut(text, width, position);
	return ' '.repeat(Math.max(0, width - cellWidth(shown))) + shown;
}

/** A line of exactly `width` cells: spans beyond it are cut, and what is missing is filled with spaces. */
export function fitLine(spans: readonly Span[], width: number, highlight: Highlight = 'none'): Line {
	const fitted: Span[] = [];
	let room = width;
	for (const { text, style } of spans) {
		if (room === 0) break;
		const shown = cut(text, room);
		if (shown !== '') fitted.push({ text: shown, style });
		room -= cellWidth(shown);
	}
	if (room > 0 && highlight !== 'none') fitted.push(span(' '.repeat(room)));
	return { spans: fitted, highlight };
}

/** A line with one text at the left and one at the right edge; the right one gives way when there is no room for both. */
export function fitEnds(left: readonly Span[], right: readonly Span[], width: number): Line {
	const room = width - spansWidth(left) - spansWidth(right);
	if (room < 1) return fitLine(left, width);
	return fitLine([...left, span(' '.repeat(room)), ...right], width);
}

export function spansWidth(spans: readonly Span[]): number {
	return spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
}
