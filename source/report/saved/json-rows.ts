import { FathomError } from '../../errors.ts';

/** The rows of a long list are taken one by one, and the rest of the document is small. */
const MOST_OUTLINE_BYTES = 64 * 1024 * 1024;
const MOST_ROW_BYTES = 1024 * 1024;
const DEEPEST = 64;
const LONGEST_KEY = 32;
/** As many rows are parsed together as have this many bytes: one by one, they take twice as long. */
const BATCH_BYTES = 64 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

type Place = readonly (string | null)[];

interface Container {
	/** null in an array, and for the document. */
	readonly key: string | null;
	readonly isArray: boolean;
	readonly isList: boolean;
}

export interface RowReading {
	/** Whether the objects in the array at this place are rows. A place is the key of each object or array, from the outermost one; null in an array. */
	readonly isList: (place: Place) => boolean;
	/** Gets each row of a list, in order. */
	readonly onRow: (place: Place, row: unknown) => void;
}

/**
 * Reads a JSON document that comes in pieces and may be too large for memory: rows of its long lists one by one, and the rest of it, with those
 * lists empty, as a whole at the end. Throws `corrupt` for what is no JSON, and `too-large`.
 */
export class JsonRows {
	readonly #reading: RowReading;
	readonly #outline = new Bytes(MOST_OUTLINE_BYTES);
	/** Rows with the commas between them, to be parsed together. */
	readonly #batch = new Bytes(MOST_ROW_BYTES);
	#isInBatch = false;
	/** The key of each object or array that is open. */
	readonly #open: Container[] = [];
	/** How many are open outside the row; -1 outside of rows. */
	#rowDepth = -1;
	#inString = false;
	#isEscaped = false;
	/** The last string outside of rows, which may turn out to be a key. */
	#text: number[] = [];

	constructor(reading: RowReading) {
		this.#reading = reading;
	}

	push(piece: Uint8Array): void {
		let start = 0;
		/** Keeps what has come, and goes on with the byte at this index. */
		const keepUntil = (index: number): void => {
			(this.#isInBatch ? this.#batch : this.#outline).push(piece.subarray(start, index));
			start = index;
		};
		for (let index = 0; index < piece.length; index++) {
			if (this.#inString) {
				index = this.#readString(piece, index);
				continue;
			}
			const byte = piece[index];
			if (byte > 0x2c && byte < 0x5b) continue;
			if (byte === QUOTE) {
				this.#inString = true;
				if (this.#rowDepth < 0) this.#text = [];
			} else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
				if (byte === OPENING_BRACE && this.#rowDepth < 0 && this.#isInList) {
					if (!this.#isInBatch) keepUntil(index);
					this.#isInBatch = true;
					this.#rowDepth = this.#open.length;
				}
				this.#enter(byte === OPENING_BRACKET);
			} else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
				if (this.#isInBatch && this.#rowDepth < 0) {
					keepUntil(index);
					this.#finishBatch();
				}
				this.#open.pop();
				if (this.#open.length !== this.#rowDepth) continue;
				this.#rowDepth = -1;
				if (this.#batch.count + index - start < BATCH_BYTES) continue;
				keepUntil(index + 1);
				this.#finishBatch();
			} else if (byte === COMMA && !this.#isInBatch && this.#isInList) {
				// The outline has nothing to separate.
				keepUntil(index);
				start = index + 1;
			}
		}
		keepUntil(piece.length);
	}

	get #isInList(): boolean {
		return this.#open.at(-1)?.isList === true;
	}

	/** The document without its rows. */
	finish(): unknown {
		if (this.#inString || this.#open.length > 0) throw corrupt('it ends before its JSON does');
		return parse(this.#outline.take().toString('utf8'));
	}

	/** Reads on to the end of a string, or of the piece. Gives the index of the last byte that was read. */
	#readString(piece: Uint8Array, from: number): number {
		const text = this.#rowDepth < 0 ? this.#text : null;
		for (let index = from; index < piece.length; index++) {
			const byte = piece[index];
			if (this.#isEscaped) this.#isEscaped = false;
			else if (byte === BACKSLASH) this.#isEscaped = true;
			else if (byte === QUOTE) {
				this.#inString = false;
				return index;
			}
			// No key that leads to a list is longer.
			if (text !== null && text.length < LONGEST_KEY) text.push(byte);
		}
		return piece.length - 1;
	}

	#enter(isArray: boolean): void {
		if (this.#open.length === DEEPEST) throw corrupt('its JSON is nested too deeply');
		const parent = this.#open.at(-1);
		const key = parent === undefined || parent.isArray ? null : String.fromCharCode(...this.#text);
		const place = [...this.#open.map((each) => each.key), key];
		const isList = isArray && this.#rowDepth < 0 && this.#reading.isList(place);
		this.#open.push({ key, isArray, isList });
	}

	#finishBatch(): void {
		this.#isInBatch = false;
		const place = this.#open.map((each) => each.key);
		const text = this.#batch.take().toString('utf8');
		for (const row of parse(`[${text}]`) as readonly unknown[]) this.#reading.onRow(place, row);
	}
}

/** Bytes that are put together from pieces. */
class Bytes {
	readonly #most: number;
	#pieces: Uint8Array[] = [];
	count = 0;

	constructor(most: number) {
		this.#most = most;
	}

	push(piece: Uint8Array): void {
		if (piece.length === 0) return;
		this.count += piece.length;
		if (this.count > this.#most) throw new FathomError({ code: 'too-large', message: 'it is too large.' });
		// The piece is a part of a buffer that is read into again.
		this.#pieces.push(Buffer.from(piece));
	}

	take(): Buffer {
		const whole = Buffer.concat(this.#pieces);
		this.#pieces = [];
		this.count = 0;
		return whole;
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw corrupt('its JSON is invalid', cause);
	}
}

function corrupt(what: string, cause?: unknown): FathomError {
	return new FathomError({ code: 'corrupt', message: `${what}.`, cause });
}
