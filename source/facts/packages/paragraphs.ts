import { FactError } from '../fact-reader.ts';

/** What the wanted fields of one paragraph may have together. */
const MOST_PARAGRAPH_BYTES = 1024 * 1024;
const MOST_FIELD_NAME_BYTES = 128;

const COLON = 0x3a;
const SPACE = 0x20;
const TAB = 0x09;

/** The wanted fields of a paragraph by their lower-case names, each with its values in order. */
export class Paragraph {
	readonly #values = new Map<string, string[]>();

	get isEmpty(): boolean {
		return this.#values.size === 0;
	}

	/** The value of a field that comes once; the first one if it comes more often. */
	get(name: string): string | undefined {
		return this.#values.get(name)?.[0];
	}

	/** All values of a field that may come more than once. */
	all(name: string): readonly string[] {
		return this.#values.get(name) ?? [];
	}

	/** Opens a value, which `continueWith` may make longer. */
	add(name: string, value: string): void {
		const values = this.#values.get(name);
		if (values) values.push(value);
		else this.#values.set(name, [value]);
	}

	continueWith(name: string, text: string): void {
		const values = this.#values.get(name) as string[];
		values.push(`${values.pop()}\n${text}`);
	}
}

export interface ParagraphFormat {
	/** Lower-case names of the fields that are kept. */
	readonly wanted: readonly string[];
	/** Whether a line that is no field ends the paragraph, as in the header of a message, or is an error, as in a database. */
	readonly otherLine: 'ends' | 'error';
	/** Takes each paragraph that has a wanted field. */
	readonly take: (paragraph: Paragraph) => void;
}

/** Reads `Name: value` lines with continuation lines, in paragraphs with an empty line between them (RFC 822, deb822(5)). */
export class ParagraphReader {
	readonly #format: ParagraphFormat;
	readonly #wanted: ReadonlySet<string>;
	#paragraph = new Paragraph();
	#bytes = 0;
	/** The wanted field that a continuation line belongs to. */
	#open: string | null = null;
	#isBegun = false;
	/** Whether something was wrong with the paragraph, so that all of it is left out. */
	#isDropped = false;

	constructor(format: ParagraphFormat) {
		this.#format = format;
		this.#wanted = new Set(format.wanted);
	}

	/** Takes a line, `[start, end)`, without its line end. Throws `FactError`, and then passes over the rest of the paragraph. */
	line(bytes: Buffer, start: number, end: number): void {
		if (start === end) this.end();
		else if (!this.#isDropped) this.#line(bytes, start, end);
	}

	/** Ends the last paragraph. Throws `FactError` where it cannot be taken. */
	end(): void {
		const ended = this.#paragraph;
		const isTaken = !ended.isEmpty && !this.#isDropped;
		this.#open = null;
		this.#isBegun = false;
		this.#isDropped = false;
		this.#bytes = 0;
		if (!ended.isEmpty) this.#paragraph = new Paragraph();
		if (isTaken) this.#format.take(ended);
	}

	/** Leaves out the paragraph that is being read. */
	drop(): void {
		this.#isDropped = true;
	}

	#line(bytes: Buffer, start: number, end: number): void {
		try {
			if (bytes[start] === SPACE || bytes[start] === TAB) this.#continue(bytes, start, end);
			else this.#field(bytes, start, end);
		} catch (error) {
			this.drop();
			throw error;
		}
	}

	#field(bytes: Buffer, start: number, end: number): void {
		const colon = colonIn(bytes, start, end);
		if (colon <= start) {
			this.#otherLine();
			return;
		}
		this.#isBegun = true;
		const name = bytes.toString('latin1', start, colon).toLowerCase();
		this.#open = this.#wanted.has(name) ? name : null;
		if (this.#open !== null) this.#paragraph.add(this.#open, this.#text(bytes, colon + 1, end));
	}

	#continue(bytes: Buffer, start: number, end: number): void {
		if (!this.#isBegun) this.#otherLine();
		else if (this.#open !== null) this.#paragraph.continueWith(this.#open, this.#text(bytes, start, end));
	}

	#text(bytes: Buffer, start: number, end: number): string {
		this.#bytes += end - start + 1;
		if (this.#bytes > MOST_PARAGRAPH_BYTES)
			throw new FactError(`a paragraph of more than ${MOST_PARAGRAPH_BYTES} bytes`);
		return bytes.toString('utf8', start, end).trim();
	}

	#otherLine(): void {
		if (this.#format.otherLine === 'error') throw new FactError('it is not a field with a name and a value');
		this.end();
	}
}

/** Where a field's name ends, or -1. */
function colonIn(bytes: Buffer, start: number, end: number): number {
	const last = Math.min(end, start + MOST_FIELD_NAME_BYTES);
	for (let at = start; at < last; at++) {
		if (bytes[at] === COLON) return at;
		if (bytes[at] <= SPACE) return -1;
	}
	return -1;
}
