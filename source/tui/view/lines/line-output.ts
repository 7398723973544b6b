import { cellWidth } from '../../../text/width.ts';
import { holdColumns } from './hold-columns.ts';
import { styleSequence } from './style-sequence.ts';

const styling = new RegExp(styleSequence, 'g');

/** Part of a row of the screen, with its escape sequences. */
interface Piece {
	readonly x: number;
	readonly text: string;
}

type Transformer = (line: string, index: number) => string;

/**
 * What Ink writes a frame to. In the built program this replaces Ink's own class, which creates an object for every cell and takes most
 * of the time of a frame for that. It does less: blocks of text are side by side, and never overlap or are clipped.
 */
export class LineOutput {
	readonly #rows: Piece[][];

	constructor({ height }: { readonly width: number; readonly height: number }) {
		this.#rows = Array.from({ length: height }, () => []);
	}

	/** Writes lines of text, each changed by the transformers, one below the other from cell `x` of row `y` on. */
	write(
		x: number,
		y: number,
		text: string,
		{ transformers }: { readonly transformers: readonly Transformer[] },
	): void {
		if (text === '') return;
		for (const [index, line] of text.split('\n').entries()) {
			const transformed = transformers.reduce((changed, transform) => transform(changed, index), line);
			this.#rows[y + index]?.push({ x, text: transformed });
		}
	}

	/** The rows as Ink compares them with those of the frame before: without the plain spaces at their ends. */
	get(): { readonly output: string; readonly height: number } {
		return { output: this.#rows.map(composeRow).join('\n'), height: this.#rows.length };
	}
}

function composeRow(pieces: readonly Piece[]): string {
	let row = '';
	let column = 0;
	const fromLeft = pieces.toSorted((left, right) => left.x - right.x);
	for (const [index, { x, text }] of fromLeft.entries()) {
		row += ' '.repeat(Math.max(0, x - column)) + text;
		if (index + 1 < fromLeft.length) column = x + cellWidth(text.replace(styling, ''));
	}
	return holdColumns(row.trimEnd());
}
