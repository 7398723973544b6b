import { padEnd } from '../cells.ts';
import { type Line, span } from '../line.ts';

/** Lines of equal width, one below the other. */
export interface FrameColumn {
	readonly id: string;
	readonly width: number;
	readonly lines: readonly Line[];
}

/** The lines, padded with empty lines to at least `height`. */
export function fillLines(lines: readonly Line[], width: number, height: number): readonly Line[] {
	const missing = Math.max(0, height - lines.length);
	const empty: Line = { spans: [span(padEnd('', width))], highlight: 'none' };
	return [...lines, ...Array.from({ length: missing }, () => empty)];
}
