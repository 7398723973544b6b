import { type ByteBuffer, type ByteConstant, byteConstant } from '../byte-buffer.ts';
import type { ByteStream } from '../byte-stream.ts';
import { jsonText } from './json-text.ts';

const INDENT = '  ';

/**
 * Writes one JSON document to a stream, piece by piece, so that a list of any length fits in the memory of the stream. It keeps
 * track of nesting, commas and indentation: the text is what `JSON.stringify` with two spaces gives, safe for a terminal, with a
 * line feed at its end. A member of an object is written with its key; an item of an array, and the document, with null.
 */
export class JsonWriter {
	readonly #stream: ByteStream;
	#depth = 0;
	/** Whether the innermost object or array has nothing in it yet. */
	#isEmpty = true;
	/** What comes before the first and before any further member or item, by depth. */
	readonly #firstLines: ByteConstant[] = [];
	readonly #nextLines: ByteConstant[] = [];

	constructor(stream: ByteStream) {
		this.#stream = stream;
	}

	/** Writes an object with the members that `write` writes. */
	async object(key: string | null, write: () => void | Promise<void>): Promise<void> {
		this.#open(key, '{');
		await write();
		this.#close('}');
	}

	/**
	 * Writes an array, an item for each row. `writeRow` either writes one object or array with the key null, or appends an item of
	 * its own layout to the buffer: the fast way for the long lists. The stream is flushed between rows.
	 */
	async array<Row>(
		key: string | null,
		rows: Iterable<Row>,
		writeRow: (row: Row, buffer: ByteBuffer) => void | Promise<void>,
	): Promise<void> {
		const stream = this.#stream;
		this.#open(key, '[');
		for (const row of rows) {
			if (stream.isFull) await stream.flush();
			this.#startLine();
			// Awaiting every row would take longer than writing it.
			const writing = writeRow(row, stream.buffer);
			if (writing !== undefined) await writing;
		}
		this.#close(']');
	}

	/** Writes a member of an object. Like `JSON.stringify`, it leaves out what is undefined. */
	value(key: string, value: unknown): void {
		if (value === undefined) return;
		this.#startMember(key);
		const text = jsonText(value, INDENT);
		this.#stream.buffer.appendText(text.replaceAll('\n', `\n${INDENT.repeat(this.#depth)}`));
	}

	/** Writes each property of an object as a member of the one that is being written. */
	values(values: object): void {
		for (const [key, value] of Object.entries(values)) this.value(key, value);
	}

	#open(key: string | null, bracket: '{' | '['): void {
		if (key !== null) this.#startMember(key);
		this.#stream.buffer.appendText(bracket);
		this.#depth += 1;
		this.#isEmpty = true;
		const line = `\n${INDENT.repeat(this.#depth)}`;
		this.#firstLines[this.#depth] ??= byteConstant(line);
		this.#nextLines[this.#depth] ??= byteConstant(`,${line}`);
	}

	#close(bracket: '}' | ']'): void {
		this.#depth -= 1;
		const line = this.#isEmpty ? '' : `\n${INDENT.repeat(this.#depth)}`;
		const end = this.#depth === 0 ? '\n' : '';
		this.#stream.buffer.appendText(`${line}${bracket}${end}`);
		this.#isEmpty = false;
	}

	#startMember(key: string): void {
		this.#startLine();
		this.#stream.buffer.appendText(`${jsonText(key)}: `);
	}

	#startLine(): void {
		const lines = this.#isEmpty ? this.#firstLines : this.#nextLines;
		this.#stream.buffer.append(lines[this.#depth]);
		this.#isEmpty = false;
	}
}
