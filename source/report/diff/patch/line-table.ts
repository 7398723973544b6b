import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { Steps } from '../../../steps.ts';
import { MOST_TEXT_LINES } from './text-content.ts';

/** A content as lines. */
export interface LineTable {
	readonly content: Uint8Array;
	/** Where each line ends, with its line break. */
	readonly ends: Uint32Array;
	/** Equal numbers in both tables mean equal lines, of which a last line without a line break is never equal to one with it. */
	readonly numbers: Uint32Array;
}

const LINE_FEED = 0x0a;
const LINES_A_STEP = 2048;
/** Finding line breaks is fast; what takes time is to hash long lines. */
const BYTES_A_STEP = 256 * 1024;

/** Divides two contents into lines; null where one of them has too many. */
export function* tableLines(contents: Both<Uint8Array>): Steps<Both<LineTable> | null> {
	const known = new Map<string, number>();
	const older = yield* tableOf(contents[0], known);
	const newer = older && (yield* tableOf(contents[1], known));
	return older && newer && [older, newer];
}

function* tableOf(content: Uint8Array, known: Map<string, number>): Steps<LineTable | null> {
	const { buffer, byteOffset, length } = content;
	const bytes = Buffer.from(buffer, byteOffset, length);
	const ends: number[] = [];
	const numbers: number[] = [];
	for (let start = 0, stepStart = 0; start < length; ) {
		if (ends.length === MOST_TEXT_LINES) return null;
		const lineBreak = bytes.indexOf(LINE_FEED, start);
		const end = lineBreak === -1 ? length : lineBreak + 1;
		const line = bytes.toString('latin1', start, end);
		const number = known.get(line) ?? known.size;
		if (number === known.size) known.set(line, number);
		ends.push(end);
		numbers.push(number);
		start = end;
		if (ends.length % LINES_A_STEP !== 0 && start - stepStart < BYTES_A_STEP) continue;
		stepStart = start;
		yield;
	}
	return { content, ends: Uint32Array.from(ends), numbers: Uint32Array.from(numbers) };
}

/** A line without its line break, not copied. */
export function lineAt({ content, ends }: LineTable, index: number): Uint8Array {
	const start = index === 0 ? 0 : ends[index - 1];
	const end = ends[index];
	return content.subarray(start, content[end - 1] === LINE_FEED ? end - 1 : end);
}

/** Whether a line is the last one and has no line break. */
export function lacksLineBreak({ content, ends }: LineTable, index: number): boolean {
	return content[ends[index] - 1] !== LINE_FEED;
}
