import { cellWidth } from '../../../text/width.ts';
import { fitLine } from '../cells.ts';
import { minimumSizes, type Size } from '../layout.ts';
import { type Line, span } from '../line.ts';
import type { SubjectKind } from '../subject.ts';

/** The message on a terminal that is too small for a view. `quit`: the key that quits. */
export function tooSmallLines({ columns, rows }: Size, kind: SubjectKind, quit: string): readonly Line[] {
	const texts = [
		`This terminal has ${columns}x${rows} cells.`,
		`fathom needs ${minimumSizes[kind].columns}x${minimumSizes[kind].rows}.`,
		`${quit} quits.`,
	].slice(0, rows);
	const above = Math.floor((rows - texts.length) / 2);
	return Array.from({ length: rows }, (_, line) => centred(texts[line - above] ?? '', columns));
}

function centred(text: string, columns: number): Line {
	const indent = Math.max(0, Math.floor((columns - cellWidth(text)) / 2));
	return fitLine([span(' '.repeat(indent)), span(text)], columns);
}
