import { PatternError } from '../../../../filter/pattern/pattern.ts';
import { PatternFinder, type SearchedLine } from '../../../../filter/pattern/pattern-finder.ts';
import { hasUpperCase, PATTERN_SIGN } from '../../../../filter/text-test.ts';
import type { StyledRange } from './rows/row-spans.ts';

/** More matches of one row than any screen shows. */
const MOST_IN_ROW = 200;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

interface Direction {
	/** Where a match may begin at first. */
	readonly from: number;
	readonly direction: 1 | -1;
}

/** What is looked for: a text, or after `~` a regular expression in each line. Capital letters count where it has one. */
interface Search {
	readonly finder: PatternFinder | null;
	readonly text: string;
	readonly anyCase: boolean;
}

let latest: { readonly wanted: string; readonly search: Search } | null = null;

/** Throws `PatternError`. */
function searchFor(wanted: string): Search {
	if (latest?.wanted === wanted) return latest.search;
	const isPattern = wanted.startsWith(PATTERN_SIGN);
	const text = isPattern ? wanted.slice(PATTERN_SIGN.length) : wanted;
	if (isPattern && text === '') throw new PatternError('a regular expression is missing after ~');
	const search = isPattern
		? { finder: new PatternFinder(text), text, anyCase: !hasUpperCase(text) }
		: { finder: null, text, anyCase: !/\p{Lu}/u.test(text) };
	latest = { wanted, search };
	return search;
}

/** Why nothing can be searched for with this; null where it can. */
export function searchProblem(wanted: string): string | null {
	try {
		searchFor(wanted);
		return null;
	} catch (error) {
		if (error instanceof PatternError) return error.message;
		throw error;
	}
}

/** Where what is wanted is in bytes, from some byte on or back from it; -1 for nowhere. Throws `PatternError` for a pattern that turns out to be too complex. */
export function findText(bytes: Uint8Array, wanted: string, { from, direction }: Direction): number {
	const { finder, text, anyCase } = searchFor(wanted);
	if (finder !== null) return findPattern(finder, inCase(bytes, anyCase), { from, direction });
	const { haystack, needle } = comparable(bytes, text, anyCase);
	if (needle === '' || (direction === -1 && from < 0)) return -1;
	return direction === 1 ? haystack.indexOf(needle, from) : haystack.lastIndexOf(needle, from);
}

/** From where the next match is looked for. A pattern goes on behind the match that is there. */
export function behindMatch(bytes: Uint8Array, wanted: string, match: number): number {
	const { finder, anyCase } = searchFor(wanted);
	if (finder === null) return match + 1;
	const searched = inCase(bytes, anyCase);
	const [found] = finder.matchesIn(lineAt(searched, match), match);
	return found?.start === match ? found.end : match + 1;
}

/** Where a match may begin that goes on in the part behind these bytes, when none was found from some byte on. */
export function beginsNear(bytes: Uint8Array, wanted: string, from: number): number {
	const { finder, text } = searchFor(wanted);
	if (finder === null) return Math.max(1, bytes.length - Buffer.byteLength(text) + 1);
	const { start } = lineAt(bytes, bytes.length);
	return Math.max(1, start, Math.min(from, bytes.length), bytes.length - MOST_CUT_BYTES);
}

/** All places of what is wanted in a row; none of a pattern that is too complex. */
export function matchesIn(
	bytes: Uint8Array,
	wanted: string,
	[start, end]: readonly [number, number],
): readonly StyledRange[] {
	const ranges: StyledRange[] = [];
	try {
		for (const range of rangesIn(bytes, wanted, [start, end])) {
			ranges.push({ ...range, style: 'match' });
			if (ranges.length === MOST_IN_ROW) break;
		}
	} catch (error) {
		if (!(error instanceof PatternError)) throw error;
	}
	return ranges;
}

/** The longest end of a part in which a match that it cuts is looked for. */
const MOST_CUT_BYTES = 2000;

function* rangesIn(
	bytes: Uint8Array,
	wanted: string,
	[start, end]: readonly [number, number],
): Generator<{ readonly start: number; readonly end: number }> {
	const { finder, text, anyCase } = searchFor(wanted);
	if (finder !== null) {
		const row = inCase(bytes.subarray(start, end), anyCase);
		const { isFromStart, isToEnd } = {
			isFromStart: isLineStart(bytes, start),
			isToEnd: isLineEnd(bytes, end),
		};
		const line = { bytes: row, start: 0, end: row.length, isFromStart, isToEnd };
		for (const found of finder.matchesIn(line, 0))
			yield { start: start + found.start, end: start + found.end };
		return;
	}
	const { haystack, needle } = comparable(bytes.subarray(start, end), text, anyCase);
	if (needle === '') return;
	for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length))
		yield { start: start + at, end: start + at + needle.length };
}

function findPattern(finder: PatternFinder, bytes: Uint8Array, { from, direction }: Direction): number {
	if (direction === -1) return findBefore(finder, bytes, from);
	for (let at = from; at < bytes.length; ) {
		const line = lineAt(bytes, at);
		const [found] = finder.matchesIn(line, at);
		if (found !== undefined) return found.start;
		at = bytes.indexOf(LINE_FEED, line.end) + 1;
		if (at === 0) break;
	}
	return -1;
}

/** The last match that begins at a byte or before it. */
function findBefore(finder: PatternFinder, bytes: Uint8Array, from: number): number {
	for (let at = from; at >= 0; ) {
		const line = lineAt(bytes, at);
		let last = -1;
		for (const { start } of finder.matchesIn(line, line.start)) {
			if (start > from) break;
			last = start;
		}
		if (last !== -1) return last;
		at = line.start - 1;
	}
	return -1;
}

/** The line that a byte is in, without its line break. */
function lineAt(bytes: Uint8Array, at: number): SearchedLine {
	const start = at === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, at - 1) + 1;
	const found = bytes.indexOf(LINE_FEED, at);
	const end = found === -1 ? bytes.length : found;
	const hasReturn = found !== -1 && end > start && bytes[end - 1] === CARRIAGE_RETURN;
	return { bytes, start, end: hasReturn ? end - 1 : end, isFromStart: true, isToEnd: true };
}

function isLineStart(bytes: Uint8Array, at: number): boolean {
	return at === 0 || bytes[at - 1] === LINE_FEED;
}

function isLineEnd(bytes: Uint8Array, at: number): boolean {
	return at === bytes.length || bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN;
}

/** Both as one character a byte, so that places are bytes. */
function comparable(bytes: Uint8Array, text: string, anyCase: boolean) {
	const { buffer, byteOffset, length } = inCase(bytes, anyCase);
	const haystack = Buffer.from(buffer, byteOffset, length).toString('latin1');
	const needle = Buffer.from(text).toString('latin1');
	return { haystack, needle: anyCase ? lowerAscii(needle) : needle };
}

/** Of both cases the lower one. Bytes beyond ASCII are parts of characters. */
function inCase(bytes: Uint8Array, anyCase: boolean): Uint8Array {
	if (!anyCase) return bytes;
	const { buffer, byteOffset, length } = bytes;
	return Buffer.from(lowerAscii(Buffer.from(buffer, byteOffset, length).toString('latin1')), 'latin1');
}

function lowerAscii(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
