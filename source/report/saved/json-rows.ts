import { FathomError } from '../../errors.ts';

/** The rows of a long list are taken one by one, and the rest of the document is small. */
const MOST_OUTLINE_BYTES = 64 * 1024 * 1024;
const MOST_ROW_BYTES = 1024 * 1024;
const DEEPEST = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

type Place = readonly (string | null)[];

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
	readonly #row = new Bytes(MOST_ROW_BYTES);
	/** The key of each object or array that is open. */
	readonly #open: { readonly key: string | null; readonly isArray: boolean; readonly isList: boolean }[] = [];
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
		for (let index = 0; index < piece.length; index++) {
			const byte = piece[index];
			if (this.#inString) {
				this.#readString(byte);
				continue;
			}
			if (byte === QUOTE) {
				this.#inString = true;
				this.#text = [];
			} else if (byte === 0x7b || byte === 0x5b) {
				const begins = byte === 0x7b && this.#rowDepth < 0 && this.#open.at(-1)?.isList === true;
				if (begins) {
					this.#keep(piece.subarray(start, index));
					start = index;
					this.#rowDepth = this.#open.length;
				}
				this.#enter(byte === 0x5b);
			} else if (byte === 0x7d || byte === 0x5d) {
				this.#open.pop();
				if (this.#open.length === this.#rowDepth) {
					this.#keep(piece.subarray(start, index + 1));
					start = index + 1;
					this.#finishRow();
				}
			} else if (byte === COMMA && this.#rowDepth < 0 && this.#open.at(-1)?.isList === true) {
				// The outline has nothing to separate.
				this.#keep(piece.subarray(start, index));
				start = index + 1;
			}
		}
		this.#keep(piece.subarray(start));
	}

	/** The document without its rows. */
	finish(): unknown {
		if (this.#inString || this.#open.length > 0) throw corrupt('it ends before its JSON does');
		return parse(this.#outline.take());
	}

	#readString(byte: number): void {
		if (this.#isEscaped) this.#isEscaped = false;
		else if (byte === BACKSLASH) this.#isEscaped = true;
		else if (byte === QUOTE) {
			this.#inString = false;
			return;
		}
		// No key that leads to a list is longer.
		if (this.#rowDepth < 0 && this.#text.length < 32) this.#text.push(byte);
	}

	#enter(isArray: boolean): void {
		if (this.#open.length === DEEPEST) throw corrupt('its JSON is nested too deeply');
		const parent = this.#open.at(-1);
		const key = parent === undefined || parent.isArray ? null : String.fromCharCode(...this.#text);
		const place = [...this.#open.map((each) => each.key), key];
		const isList = isArray && this.#rowDepth < 0 && this.#reading.isList(place);
		this.#open.push({ key, isArray, isList });
	}

	#keep(bytes: Uint8Array): void {
		(this.#rowDepth < 0 ? this.#outline : this.#row).push(bytes);
	}

	#finishRow(): void {
		this.#rowDepth = -1;
		this.#reading.onRow(
			this.#open.map((each) => each.key),
			parse(this.#row.take()),
		);
	}
}

/** Bytes that are put together from pieces. */
class Bytes {
	readonly #most: number;
	#pieces: Uint8Array[] = [];
	#count = 0;

	constructor(most: number) {
		this.#most = most;
	}

	push(piece: Uint8Array): void {
		if (piece.length === 0) return;
		this.#count += piece.length;
		if (this.#count > this.#most) throw new FathomError({ code: 'too-large', message: 'it is too large.' });
		// The piece is a part of a buffer that is read into again.
		this.#pieces.push(piece.slice());
	}

	take(): Buffer {
		const whole = Buffer.concat(this.#pieces);
		this.#pieces = [];
		this.#count = 0;
		return whole;
	}
}

function parse(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch (cause) {
		throw corrupt('its JSON is invalid', cause);
	}
}

function corrupt(what: string, cause?: unknown): FathomError {
	return new FathomError({ code: 'corrupt', message: `${what}.`, cause });
}
