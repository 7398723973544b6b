import type { CodePointRange } from './code-points.ts';

export type ByteRange = readonly [first: number, last: number];

/** The last code point that takes 1, 2, 3 and 4 bytes in UTF-8. */
const lastByLength = [0x7f, 0x7ff, 0xffff, 0x10ffff];

/** The UTF-8 of the code points as sequences of byte ranges: every code point fits one of the sequences. */
export function utf8Sequences([first, last]: CodePointRange): readonly (readonly ByteRange[])[] {
	const sequences: ByteRange[][] = [];
	let start = first;
	for (const [index, lastOfLength] of lastByLength.entries()) {
		if (start > lastOfLength || start > last) continue;
		const end = Math.min(last, lastOfLength);
		sequences.push(...splitRange(start, end, index));
		start = end + 1;
	}
	return sequences;
}

/**
 * Splits a range whose code points have the same number of continuation bytes until, in each piece, the range of every byte
 * does not depend on the bytes before it.
 */
function splitRange(first: number, last: number, continuations: number): ByteRange[][] {
	for (let level = 1; level <= continuations; level++) {
		const mask = (1 << (6 * level)) - 1;
		if ((first & ~mask) === (last & ~mask)) continue;
		if ((first & mask) !== 0) {
			return [
				...splitRange(first, first | mask, continuations),
				...splitRange((first | mask) + 1, last, continuations),
			];
		}
		if ((last & mask) !== mask) {
			return [
				...splitRange(first, (last & ~mask) - 1, continuations),
				...splitRange(last & ~mask, last, continuations),
			];
		}
	}
	const from = encode(first, continuations);
	const to = encode(last, continuations);
	return [from.map((byte, index): ByteRange => [byte, to[index]])];
}

const leadBytes = [0x00, 0xc0, 0xe0, 0xf0];

function encode(codePoint: number, continuations: number): number[] {
	const bytes = [leadBytes[continuations] | (codePoint >> (6 * continuations))];
	for (let level = continuations - 1; level >= 0; level--) {
		bytes.push(0x80 | ((codePoint >> (6 * level)) & 0x3f));
	}
	return bytes;
}
