import { isUtf8 } from 'node:buffer';

/** A larger file is described as one that is not text is: both sides of a comparison are in memory. */
export const MOST_TEXT_BYTES = 8 * 1024 * 1024;
/** A file of more lines is described too, because every line takes memory. */
export const MOST_TEXT_LINES = 200_000;

/** How much of a file decides whether it is text, as in git (`buffer_is_binary` in xdiff-interface.c). */
export const TEXT_SAMPLE_BYTES = 8000;
const NUL = 0;

/** Whether a content is text as far as its beginning tells: without a NUL byte, and in UTF-8. */
export function isText(content: Uint8Array): boolean {
	const start = content.subarray(0, TEXT_SAMPLE_BYTES);
	if (start.includes(NUL)) return false;
	return isUtf8(content.length > start.length ? withoutCutCharacter(start) : start);
}

/** What was cut off in the middle of a character is not to be held against the character. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
	for (let back = 1; back <= 3; back++) {
		const byte = bytes[bytes.length - back];
		if (byte < 0x80) break;
		if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
	}
	return bytes;
}
