import { copyOf } from '../../columns/copy-of.ts';
import { JsonPieceError, type PieceVisitor } from './json-piece.ts';

/** The most bytes of one value that is handed over. It is parsed at once, which takes some tens of milliseconds. */
export const MOST_VALUE_BYTES = 4 * 1024 * 1024;
const MOST_KEY_BYTES = 4096;
/** Objects and arrays that are open at one time. */
const MOST_OPEN = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** 1 for the bytes that JSON allows between tokens (RFC 8259, section 2). */
const isBlank = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) isBlank[byte] = 1;

/** Some editors write it before the document (RFC 8259, section 8.1). */
const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

/** 1 for the bytes that matter in a value whose end is looked for, outside of strings. */
const isBoundary = new Uint8Array(256);
for (const byte of [QUOTE, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, COMMA]) isBoundary[byte] = 1;

/** What comes next: `first` is the first key or value of what was just opened, which may be empty. */
type Expected = 'first' | 'key' | 'colon' | 'value' | 'end-of-key' | 'end-of-value' | 'separator' | 'nothing';

/**
 * Takes a JSON document apart as it streams: what is opened is walked through, and each value in it is parsed by itself or passed over. So
 * a document of any length needs the memory of its longest value. What is passed over is not checked but for its brackets.
 */
export class JsonPieces {
	readonly #visitor: PieceVisitor;
	#expected: Expected = 'value';
	readonly #path: (string | number)[] = [];
	/** The closing byte of each object or array that is open. */
	readonly #closing: number[] = [];
	/** The bytes so far of the key or value that goes on in the next chunk. */
	#begun: Uint8Array[] = [];
	#begunBytes = 0;
	#isTaken = false;
	#depth = 0;
	#isInString = false;
	#isEscaped = false;

	constructor(visitor: PieceVisitor) {
		this.#visitor = visitor;
	}

	/** Reads on. Throws `JsonPieceError`, and what the visitor throws. */
	write(chunk: Uint8Array): void {
		let position = 0;
		while (position < chunk.length) {
			if (this.#expected === 'end-of-key') position = this.#readKey(chunk, position);
			else if (this.#expected === 'end-of-value') position = this.#readValue(chunk, position);
			else if (isBlank[chunk[position]] === 1) position += 1;
			else position = this.#readToken(chunk, position);
		}
	}

	/** Throws `JsonPieceError` where the document is not complete. */
	end(): void {
		if (this.#expected !== 'nothing') throw this.#error('truncated');
	}

	#readToken(chunk: Uint8Array, position: number): number {
		const byte = chunk[position];
		const closing = this.#closing.at(-1);
		switch (this.#expected) {
			case 'first':
				if (byte === closing) return this.#close(position);
				this.#expected = closing === CLOSE_BRACE ? 'key' : 'value';
				return position;
			case 'key':
				if (byte !== QUOTE) throw this.#error('syntax');
				this.#isInString = true;
				return this.#begin('end-of-key', true, chunk, position);
			case 'colon':
				if (byte !== COLON) throw this.#error('syntax');
				this.#expected = 'value';
				return position + 1;
			case 'separator':
				if (byte === closing) return this.#close(position);
				if (byte !== COMMA) throw this.#error('syntax');
				this.#nextMember();
				return position + 1;
			case 'value':
				return this.#enter(chunk, position);
			default:
				throw this.#error('syntax');
		}
	}

	#nextMember(): void {
		const isObject = this.#closing.at(-1) === CLOSE_BRACE;
		const last = this.#path.pop();
		if (typeof last === 'number') this.#path.push(last + 1);
		this.#expected = isObject ? 'key' : 'value';
	}

	#enter(chunk: Uint8Array, position: number): number {
		const byte = chunk[position];
		if (this.#closing.length === 0 && byteOrderMark.includes(byte)) return position + 1;
		const kind = byte === OPEN_BRACE ? 'object' : byte === OPEN_BRACKET ? 'array' : 'other';
		const treatment = this.#visitor.treatmentOf(this.#path, kind);
		if (treatment !== 'open' || kind === 'other') {
			return this.#begin('end-of-value', treatment !== 'skip', chunk, position);
		}
		if (this.#closing.length === MOST_OPEN) throw this.#error('too-long');
		this.#closing.push(kind === 'object' ? CLOSE_BRACE : CLOSE_BRACKET);
		if (kind === 'array') this.#path.push(0);
		this.#expected = 'first';
		return position + 1;
	}

	#close(position: number): number {
		const isArray = this.#closing.pop() === CLOSE_BRACKET;
		// The path of an object that is empty, or before its first key, is that of the object itself.
		if (isArray || this.#expected === 'separator') this.#path.pop();
		this.#expected = this.#closing.length === 0 ? 'nothing' : 'separator';
		return position + 1;
	}

	#begin(expected: Expected, isTaken: boolean, chunk: Uint8Array, position: number): number {
		this.#expected = expected;
		this.#isTaken = isTaken;
		this.#depth = 0;
		this.#isEscaped = false;
		if (expected === 'end-of-value') this.#isInString = false;
		return expected === 'end-of-key'
			? this.#readKey(chunk, position, position + 1)
			: this.#readValue(chunk, position);
	}

	#readKey(chunk: Uint8Array, start: number, from = start): number {
		const end = this.#endOfString(chunk, from);
		const key = this.#collect(chunk, start, end, { most: MOST_KEY_BYTES, isWhole: !this.#isInString });
		if (this.#isInString) return end;
		this.#path.push(String(this.#parse(key)));
		this.#expected = 'colon';
		return end;
	}

	#readValue(chunk: Uint8Array, start: number): number {
		const end = this.#endOfValue(chunk, start);
		if (this.#isTaken) {
			const bytes = this.#collect(chunk, start, end, { most: MOST_VALUE_BYTES, isWhole: end < chunk.length });
			if (end < chunk.length) this.#visitor.onValue(this.#path, this.#parse(bytes));
		}
		if (end < chunk.length) this.#expected = this.#closing.length === 0 ? 'nothing' : 'separator';
		return end;
	}

	/** Where a string ends that goes on at `from`, or the end of the chunk. */
	#endOfString(chunk: Uint8Array, from: number): number {
		let position = from;
		let isEscaped = this.#isEscaped;
		for (; position < chunk.length; position++) {
			const byte = chunk[position];
			if (isEscaped) isEscaped = false;
			else if (byte === BACKSLASH) isEscaped = true;
			else if (byte === QUOTE) {
				this.#isInString = false;
				position += 1;
				break;
			}
		}
		this.#isEscaped = isEscaped;
		return position;
	}

	/**
	 * The byte after a value that goes on at `from`, which is a comma or a closing bracket, or the end of the chunk. So a document that is a
	 * value by itself has no end here, and a report is an object that is opened.
	 */
	#endOfValue(chunk: Uint8Array, from: number): number {
		let position = from;
		while (position < chunk.length) {
			if (this.#isInString) {
				position = this.#endOfString(chunk, position);
				continue;
			}
			const byte = chunk[position];
			if (isBoundary[byte] === 0) position += 1;
			else if (byte === QUOTE) {
				this.#isInString = true;
				position += 1;
			} else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
				this.#depth += 1;
				position += 1;
			} else if (this.#depth === 0) return position;
			else {
				if (byte !== COMMA) this.#depth -= 1;
				position += 1;
			}
		}
		return position;
	}

	/** The bytes of a key or value once they are whole, else nothing yet. */
	#collect(chunk: Uint8Array, start: number, end: number, { most, isWhole }: Collecting): Uint8Array {
		this.#begunBytes += end - start;
		if (this.#begunBytes > most) throw this.#error('too-long');
		const piece = chunk.subarray(start, end);
		if (isWhole && this.#begun.length === 0) {
			this.#begunBytes = 0;
			return piece;
		}
		this.#begun.push(copyOf(piece));
		if (!isWhole) return piece;
		const whole = Buffer.concat(this.#begun);
		this.#begun = [];
		this.#begunBytes = 0;
		return whole;
	}

	#parse(bytes: Uint8Array): unknown {
		try {
			return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
		} catch {
			throw this.#error('syntax');
		}
	}

	#error(fault: JsonPieceError['fault']): JsonPieceError {
		return new JsonPieceError(fault, this.#path);
	}
}

interface Collecting {
	readonly most: number;
	/** Whether the bytes end where the key or value ends. */
	readonly isWhole: boolean;
}
