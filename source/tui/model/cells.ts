import { type CutPosition, cellWidth, cutText } from '../../text/width.ts';
import { type Highlight, type Line, type Span, span } from './line.ts';

/** The text in exactly `width` cells, starting at the left. */
export function padEnd(text: string, width: number, position: CutPosition = 'end'): string {
	const shown = cutText(text, width, position);
	return shown + ' '.repeat(Math.max(0, width - cellWidth(shown)));
}

/** The text in exactly `width` cells, ending at the right. */
export function padStart(text: string, width: number, position: CutPosition = 'end'): string {
	const shown = cutText(text, width, position);
	return ' '.repeat(Math.max(0, width - cellWidth(shown))) + shown;
}

/** A line of at most `width` cells: spans beyond it are cut. A highlighted line is filled up with spaces. */
export function fitLine(spans: readonly Span[], width: number, highlight: Highlight = 'none'): Line {
	const fitted: Span[] = [];
	let room = width;
	for (const { text, style } of spans) {
		if (room === 0) break;
		const shown = cutText(text, room);
		if (shown !== '') fitted.push({ text: shown, style });
		room -= cellWidth(shown);
	}
	if (room > 0 && highlight !== 'none') fitted.push(span(' '.repeat(room)));
	return { spans: fitted, highlight };
}

/** A line with one text at each end. If there is no room for both, the right one is left out. */
export function fitEnds(left: readonly Span[], right: readonly Span[], width: number): Line {
	const room = width - spansWidth(left) - spansWidth(right);
	if (room < 1) return fitLine(left, width);
	return fitLine([...left, span(' '.repeat(room)), ...right], width);
}

export function spansWidth(spans: readonly Span[]): number {
	return spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
}
