/** Bytes as rows of text: lines, of which a long one is several rows. */
export interface TextRows {
	readonly bytes: Uint8Array;
	/** Where each row begins, and behind the last one the end. */
	readonly starts: Uint32Array;
	/** The line of each row, from 0. */
	readonly lines: Uint32Array;
}

/** A row of this length takes a millisecond to be drawn at most. */
const MOST_ROW_BYTES = 2000;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export function textRows(bytes: Uint8Array): TextRows {
	const starts: number[] = [];
	const lines: number[] = [];
	let line = 0;
	for (let start = 0; start < bytes.length; line++) {
		const found = bytes.indexOf(LINE_FEED, start);
		const end = found === -1 ? bytes.length : found + 1;
		while (start < end) {
			starts.push(start);
			lines.push(line);
			start = end - start <= MOST_ROW_BYTES ? end : characterStart(bytes, start + MOST_ROW_BYTES);
		}
	}
	return { bytes, starts: Uint32Array.from([...starts, bytes.length]), lines: Uint32Array.from(lines) };
}

/** Where the content of a row is, without its line break. */
export function rowRange({ bytes, starts }: TextRows, row: number): readonly [start: number, end: number] {
	const start = starts[row];
	let end = starts[row + 1];
	if (end > start && bytes[end - 1] === LINE_FEED) {
		end -= 1;
		if (end > start && bytes[end - 1] === CARRIAGE_RETURN) end -= 1;
	}
	return [start, end];
}

/** The row in which a byte is. */
export function rowAt({ starts }: TextRows, offset: number): number {
	let low = 0;
	let high = Math.max(0, starts.length - 2);
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if (starts[middle] <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** The number of a line, from 0, with how many come before the part. */
export function isContinued({ lines }: TextRows, row: number): boolean {
	return row > 0 && lines[row] === lines[row - 1];
}

/** The start of the character that a byte is part of (RFC 3629). */
function characterStart(bytes: Uint8Array, offset: number): number {
	let start = offset;
	while (start > offset - 3 && (bytes[start] & 0xc0) === 0x80) start -= 1;
	return (bytes[start] & 0xc0) === 0x80 ? offset : start;
}
