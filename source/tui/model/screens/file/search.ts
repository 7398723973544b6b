import type { StyledRange } from './rows/row-spans.ts';

/** More matches of one row than any screen shows. */
const MOST_IN_ROW = 200;

/** Where a text is in bytes, from some byte on or back from it; -1 for nowhere. Capital letters count where the text has one. */
export function findText(
	bytes: Uint8Array,
	text: string,
	{ from, direction }: { readonly from: number; readonly direction: 1 | -1 },
): number {
	const { haystack, needle } = comparable(bytes, text);
	if (needle === '' || (direction === -1 && from < 0)) return -1;
	return direction === 1 ? haystack.indexOf(needle, from) : haystack.lastIndexOf(needle, from);
}

/** All places of a text in a row. */
export function matchesIn(
	bytes: Uint8Array,
	text: string,
	[start, end]: readonly [number, number],
): readonly StyledRange[] {
	const { haystack, needle } = comparable(bytes.subarray(start, end), text);
	const ranges: StyledRange[] = [];
	if (needle === '') return ranges;
	for (let at = haystack.indexOf(needle); at !== -1 && ranges.length < MOST_IN_ROW; ) {
		ranges.push({ start: start + at, end: start + at + needle.length, style: 'match' });
		at = haystack.indexOf(needle, at + needle.length);
	}
	return ranges;
}

/** Both as one character a byte, so that places are bytes. */
function comparable(bytes: Uint8Array, text: string) {
	const { buffer, byteOffset, length } = bytes;
	const haystack = Buffer.from(buffer, byteOffset, length).toString('latin1');
	const needle = Buffer.from(text).toString('latin1');
	return /\p{Lu}/u.test(text)
		? { haystack, needle }
		: { haystack: lowerAscii(haystack), needle: lowerAscii(needle) };
}

/** Other bytes are parts of characters. */
function lowerAscii(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
