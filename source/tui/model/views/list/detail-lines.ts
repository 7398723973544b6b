import type { Steps } from '../../../../steps.ts';
import { formatCount } from '../../../../text/bytes.ts';
import { fitLine } from '../../cells.ts';
import { type Line, span } from '../../line.ts';
import type { DetailRow } from './detail-rows.ts';
import { type DetailPart, isRowList, type RowList } from './row-list.ts';

/** As many of a list as are measured for the first frame. */
const MEASURED_AT_ONCE = 100;
const MEASURED_A_STEP = 64;

/** The lines of details, of which a window is shown. Lists in them are measured bit by bit, as each of their things takes a line or more. */
export class DetailLines {
	readonly #width: number;
	readonly #blocks: readonly (RowBlock | ListBlock)[];

	constructor(parts: readonly DetailPart[], width: number) {
		this.#width = width;
		this.#blocks = blocksOf(parts);
		this.wasWhole = this.isWhole;
	}

	/** How many lines there are, as far as that is known. */
	get total(): number {
		return this.#blocks.reduce((sum, { length }) => sum + length, 0);
	}

	/** Whether nothing is left to measure. */
	get isWhole(): boolean {
		return this.#blocks.every((block) => block.isWhole);
	}

	/** Whether nothing was left to measure from the beginning. */
	readonly wasWhole: boolean;

	/** Measures what is left, in steps that can be stopped and continued. */
	*prepare(): Steps<void> {
		for (const block of this.#blocks) if (block instanceof ListBlock) yield* block.measureRest();
	}

	slice(start: number, end: number): readonly Line[] {
		const rows: DetailRow[] = [];
		let top = 0;
		for (const block of this.#blocks) {
			const [from, to] = [Math.max(start - top, 0), Math.min(end - top, block.length)];
			if (from < to) rows.push(...block.slice(from, to));
			top += block.length;
		}
		return rows.map((row) => fitLine([span(' '), ...row], this.#width));
	}
}

/** Rows that follow on each other are one block. */
function blocksOf(parts: readonly DetailPart[]): readonly (RowBlock | ListBlock)[] {
	const blocks: (RowBlock | ListBlock)[] = [];
	let rows: DetailRow[] = [];
	for (const part of parts) {
		if (!isRowList(part)) {
			rows.push(part);
			continue;
		}
		blocks.push(new RowBlock(rows), new ListBlock(part));
		rows = [];
	}
	return [...blocks, new RowBlock(rows)];
}

class RowBlock {
	readonly #rows: readonly DetailRow[];
	readonly isWhole = true;

	constructor(rows: readonly DetailRow[]) {
		this.#rows = rows;
	}

	get length(): number {
		return this.#rows.length;
	}

	slice(start: number, end: number): readonly DetailRow[] {
		return this.#rows.slice(start, end);
	}
}

class ListBlock {
	readonly #list: RowList;
	/** The first line of each thing, and behind the last one that is measured the number of all these lines. */
	readonly #starts: number[] = [0];

	constructor(list: RowList) {
		this.#list = list;
		this.#measureTo(MEASURED_AT_ONCE);
	}

	get isWhole(): boolean {
		return this.#measured >= this.#list.count;
	}

	/** A last line says that there are more. */
	get length(): number {
		return this.#lines + (this.isWhole ? 0 : 1);
	}

	*measureRest(): Steps<void> {
		yield* this.#list.prepare();
		while (!this.isWhole) {
			this.#measureTo(this.#measured + MEASURED_A_STEP);
			yield;
		}
	}

	slice(start: number, end: number): readonly DetailRow[] {
		const rows: DetailRow[] = [];
		const first = this.#thingAt(start);
		for (let index = first; index < this.#measured && this.#starts[index] < end; index++)
			rows.push(...this.#list.rowsAt(index));
		const skipped = start - (this.#starts[first] ?? 0);
		const left = formatCount(this.#list.count - this.#measured);
		const more: readonly DetailRow[] = this.isWhole
			? []
			: [[span(`… and ${left} more, in a moment`, 'faint')]];
		return [...rows, ...more].slice(skipped, skipped + end - start);
	}

	get #measured(): number {
		return this.#starts.length - 1;
	}

	get #lines(): number {
		return this.#starts[this.#measured];
	}

	#measureTo(end: number): void {
		const to = Math.min(end, this.#list.known);
		for (let index = this.#measured; index < to; index++)
			this.#starts.push(this.#lines + this.#list.rowsAt(index).length);
	}

	/** The last thing that begins at a line or above it. */
	#thingAt(line: number): number {
		let [low, high] = [0, this.#measured];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.#starts[middle] <= line) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}
