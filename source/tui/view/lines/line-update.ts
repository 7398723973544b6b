import { LineCells } from './line-cells.ts';
import { PLAIN, sequenceTo, showsOnBlank } from './looks.ts';

const START_OF_LINE = '\u{1B}[1G';
const ERASE_TO_END = '\u{1B}[K';
/** As many cells that did not change are written again between two that did: to go past them takes as many bytes. */
const SHORT_GAP = 4;
/** As many blank cells are erased at once. */
const LONG_BLANK = 8;

let before = new LineCells(0);
let after = new LineCells(0);

/**
 * The output that turns one line of the screen into another. In the built program this replaces Ink's own function, which runs a
 * segmenter over every changed line, and writes its end anew. If every character of both lines takes one cell, as in nearly all lines, only
 * the cells that look different are written; any other line is written anew.
 */
export function lineUpdate(previous: string, next: string, columns: number | undefined): string {
	const whole = START_OF_LINE + ERASE_TO_END + next;
	if (!columns) return whole;
	if (columns !== before.columns) [before, after] = [new LineCells(columns), new LineCells(columns)];
	if (!before.read(previous) || !after.read(next)) return whole;
	const update = changedCells(before, after);
	return update.length < whole.length ? update : whole;
}

function changedCells(from: LineCells, to: LineCells): string {
	const end = endOfText(to);
	const changedEnd = endOfChanges(from, to);
	const pen = new Pen();
	for (let column = 0; column < changedEnd; ) {
		if (to.looksLike(from, column)) column += 1;
		else if (column >= end) {
			pen.eraseToEnd(column);
			break;
		} else column = writeRun(pen, { from, to, column, end: Math.min(end, changedEnd) });
	}
	return pen.finish();
}

interface Run {
	readonly from: LineCells;
	readonly to: LineCells;
	/** The first column that changed. */
	readonly column: number;
	/** The column behind the last one that may be written. */
	readonly end: number;
}

/** Writes cells up to one from which on some stay as they are, and gives the column behind them. */
function writeRun(pen: Pen, { from, to, column, end }: Run): number {
	const blanks = countWhile(column, end, (each) => to.isBlank(each));
	if (blanks > LONG_BLANK) {
		pen.erase(column, blanks);
		return column + blanks;
	}
	const look = to.isBlank(column) ? pen.lookForBlank(to.lookAt(column)) : to.lookAt(column);
	let written = column;
	for (let next = column; next < end && next - written <= SHORT_GAP; next++) {
		const takesLook = to.lookAt(next) === look || (to.isBlank(next) && !showsOnBlank(look));
		if (!takesLook) break;
		if (!to.looksLike(from, next)) written = next + 1;
	}
	pen.write(column, look, to.text(column, written));
	return written;
}

function countWhile(from: number, to: number, holds: (column: number) => boolean): number {
	let column = from;
	while (column < to && holds(column)) column += 1;
	return column - from;
}

/** The column behind the last one that is not blank. */
function endOfText(cells: LineCells): number {
	let end = cells.columns;
	while (end > 0 && cells.isBlank(end - 1)) end -= 1;
	return end;
}

function endOfChanges(from: LineCells, to: LineCells): number {
	let end = to.columns;
	while (end > 0 && to.looksLike(from, end - 1)) end -= 1;
	return end;
}

/** Writes pieces of one line from left to right, with as few bytes as that takes. */
class Pen {
	#output = '';
	/** -1: not known. */
	#column = -1;
	#look = PLAIN;

	write(column: number, look: number, text: string): void {
		this.#moveTo(column);
		this.#output += sequenceTo(this.#look, look) + text;
		this.#look = look;
		this.#column = column + text.length;
	}

	/** A blank cell looks the same in many looks: the present one, if it shows as little on it as its own. */
	lookForBlank(own: number): number {
		return showsOnBlank(this.#look) ? own : this.#look;
	}

	erase(column: number, cells: number): void {
		this.#moveTo(column);
		this.#plain();
		this.#output += `\u{1B}[${cells}X`;
	}

	eraseToEnd(column: number): void {
		this.#moveTo(column);
		this.#plain();
		this.#output += ERASE_TO_END;
	}

	finish(): string {
		this.#plain();
		return this.#output;
	}

	/** What is erased, and the lines below, have no look. */
	#plain(): void {
		this.#output += sequenceTo(this.#look, PLAIN);
		this.#look = PLAIN;
	}

	#moveTo(column: number): void {
		const ahead = column - this.#column;
		if (ahead === 0) return;
		const there = `\u{1B}[${column + 1}G`;
		const on = `\u{1B}[${ahead === 1 ? '' : ahead}C`;
		this.#output += column === 0 ? '\r' : this.#column >= 0 && on.length < there.length ? on : there;
		this.#column = column;
	}
}
