/** Code points from the first to the last, both included. */
export type CodePointRange = readonly [first: number, last: number];

const LAST_CODE_POINT = 0x10ffff;

/** All code points that are in none of the ranges. */
export function complement(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
	const rest: CodePointRange[] = [];
	let next = 0;
	for (const [first, last] of ranges.toSorted((left, right) => left[0] - right[0])) {
		if (first > next) rest.push([next, first - 1]);
		next = Math.max(next, last + 1);
	}
	if (next <= LAST_CODE_POINT) rest.push([next, LAST_CODE_POINT]);
	return rest;
}

export function only(character: string): CodePointRange {
	const codePoint = character.codePointAt(0) ?? 0;
	return [codePoint, codePoint];
}

const digits: readonly CodePointRange[] = [[0x30, 0x39]];
const wordCharacters: readonly CodePointRange[] = [...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const spaces: readonly CodePointRange[] = [
	[0x09, 0x0d],
	[0x20, 0x20],
	[0xa0, 0xa0],
	[0x1680, 0x1680],
	[0x2000, 0x200a],
	[0x2028, 0x2029],
	[0x202f, 0x202f],
	[0x205f, 0x205f],
	[0x3000, 0x3000],
	[0xfeff, 0xfeff],
];

/** The classes and control characters that have an escape of one letter. */
export const escapes: Readonly<Record<string, readonly CodePointRange[]>> = {
	d: digits,
	D: complement(digits),
	w: wordCharacters,
	W: complement(wordCharacters),
	s: spaces,
	S: complement(spaces),
	t: [[0x09, 0x09]],
	n: [[0x0a, 0x0a]],
	r: [[0x0d, 0x0d]],
};
