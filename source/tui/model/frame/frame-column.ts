import { padEnd } from '../cells.ts';
import { type Line, span } from '../line.ts';

/** Lines one below the other, all of one width. */
export interface FrameColumn {
	readonly id: string;
	readonly width: number;
	readonly lines: readonly Line[];
}

/** The lines with empty ones below them, so that they are at least `height`. */
export function fillLines(lines: readonly Line[], width: number, height: number): readonly Line[] {
	const missing = Math.max(0, height - lines.length);
	const empty: Line = { spans: [span(padEnd('', width))], highlight: 'none' };
	return [...lines, ...Array.from({ length: missing }, () => empty)];
}
