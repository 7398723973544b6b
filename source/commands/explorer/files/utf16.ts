import { TEXT_SAMPLE_BYTES } from '../../../report/diff/patch/text-content.ts';

export type Utf16 = 'utf-16le' | 'utf-16be';

const UNIT_BYTES = 2;

/** The encoding of text in UTF-16 that begins with a byte order mark, as far as the start of a content tells; null for anything else. */
export function utf16Of(start: Uint8Array): Utf16 | null {
	const encoding = markOf(start);
	if (encoding === null) return null;
	try {
		const sample = start.subarray(0, TEXT_SAMPLE_BYTES);
		const text = new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
		return text.includes('\0') ? null : encoding;
	} catch {
		return null;
	}
}

/** The text of UTF-16 bytes, in UTF-8. What is no character is U+FFFD there. */
export function utf8Of(bytes: Uint8Array, encoding: Utf16): Uint8Array {
	return new Uint8Array(Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)));
}

/** The bytes without half a character at their end. */
export function wholeCharacters(bytes: Uint8Array, encoding: Utf16): Uint8Array {
	const end = bytes.length - UNIT_BYTES;
	const isHalf = end > 0 && isSurrogate(bytes, { at: end, encoding, first: 0xd8 });
	return isHalf ? bytes.subarray(0, end) : bytes;
}

/** Where the text begins in a part of a content: behind the byte order mark, and behind what is left of a character of the part before. */
export function textStart(bytes: Uint8Array, start: number, encoding: Utf16): number {
	if (start === 0) return UNIT_BYTES;
	const at = start % UNIT_BYTES;
	return isSurrogate(bytes, { at, encoding, first: 0xdc }) ? at + UNIT_BYTES : at;
}

/** Counts line breaks in a content that comes in pieces. */
export function lineBreakCounter(encoding: Utf16): (piece: Uint8Array) => number {
	const decoder = new TextDecoder(encoding);
	return (piece) => decoder.decode(piece, { stream: true }).split('\n').length - 1;
}

/** Puts asterisks in the place of units, but for line breaks. */
export function maskUnits(bytes: Uint8Array, encoding: Utf16): void {
	const low = encoding === 'utf-16le' ? 0 : 1;
	for (let at = 0; at + 1 < bytes.length; at += UNIT_BYTES) {
		const isLineBreak = bytes[at + low] === 0x0a && bytes[at + 1 - low] === 0;
		if (isLineBreak) continue;
		bytes[at + low] = 0x2a;
		bytes[at + 1 - low] = 0;
	}
}

/** By the byte order mark (RFC 2781). That of UTF-32 has a NUL behind it. */
function markOf([first, second]: Uint8Array): Utf16 | null {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Whether a unit is a surrogate: a high one from 0xD8 on, a low one from 0xDC on. */
function isSurrogate(
	bytes: Uint8Array,
	{ at, encoding, first }: { readonly at: number; readonly encoding: Utf16; readonly first: number },
): boolean {
	const high = bytes[at + (encoding === 'utf-16le' ? 1 : 0)];
	return high >= first && high < first + 4;
}
