import { singleCells } from '../../../text/width.ts';
import { type Look, lookAfter, PLAIN, showsOnBlank } from './looks.ts';
import { styleSequence } from './style-sequence.ts';

const styling = new RegExp(styleSequence, 'y');
const single = new RegExp(`^${singleCells}$`);
const ESCAPE = 0x1b;
const SPACE = 0x20;
const DELETE = 0x7f;

/** The cells of a line of the screen. It is read into again and again, as there are a hundred lines in a frame. */
export class LineCells {
	readonly columns: number;
	readonly #codes: Uint16Array;
	readonly #looks: Uint16Array;

	constructor(columns: number) {
		this.columns = columns;
		this.#codes = new Uint16Array(columns);
		this.#looks = new Uint16Array(columns);
	}

	/** Takes a line. False where it does not fit, or where not every character of it takes one cell. */
	read(line: string): boolean {
		let column = 0;
		let look: Look = PLAIN;
		for (let index = 0; index < line.length; ) {
			const code = line.charCodeAt(index);
			if (code === ESCAPE) {
				styling.lastIndex = index;
				const sequence = styling.exec(line)?.[0];
				const after = sequence === undefined ? null : lookAfter(look, sequence);
				if (sequence === undefined || after === null) return false;
				look = after;
				index += sequence.length;
				continue;
			}
			if (!takesOneCell(code) || column === this.columns) return false;
			this.#codes[column] = code;
			this.#looks[column] = look;
			column += 1;
			index += 1;
		}
		this.#codes.fill(SPACE, column);
		this.#looks.fill(PLAIN, column);
		return true;
	}

	lookAt(column: number): Look {
		return this.#looks[column];
	}

	isBlank(column: number): boolean {
		return this.#codes[column] === SPACE && !showsOnBlank(this.#looks[column]);
	}

	looksLike(other: LineCells, column: number): boolean {
		if (this.#codes[column] !== other.#codes[column]) return false;
		if (this.#looks[column] === other.#looks[column]) return true;
		return this.isBlank(column) && other.isBlank(column);
	}

	/** The characters of the columns `[from, to)`. */
	text(from: number, to: number): string {
		return String.fromCharCode(...this.#codes.subarray(from, to));
	}
}

/** What was asked of characters beyond ASCII: 0 nothing yet, 1 that one takes one cell, 2 that it does not. */
const asked = new Uint8Array(2 ** 16);

function takesOneCell(code: number): boolean {
	if (code >= SPACE && code < DELETE) return true;
	if (asked[code] === 0) asked[code] = single.test(String.fromCharCode(code)) ? 1 : 2;
	return asked[code] === 1;
}
