import { createRequire } from 'node:module';

/** The packages that know the width of every character. */
export interface WidthPackages {
	readonly stringWidth: (text: string) => number;
	readonly cliTruncate: (text: string, width: number, options: { readonly position: CutPosition }) => string;
}

/** Where a text that is too long loses characters. */
export type CutPosition = 'start' | 'middle' | 'end';

/**
 * The class, as in a regular expression, of characters that take one cell each: ASCII, Latin letters, dashes and dots, and the arrows,
 * lines, blocks and signs that fathom itself draws with.
 */
export const singleCells =
	'[ -~\\u00a1-\\u00ac\\u00ae-\\u024f\\u2010-\\u2027\\u2039\\u203a\\u2190-\\u21ff\\u2500-\\u259f\\u25b2\\u25b8\\u25bc\\u25be\\u276f]';

/** The class of Kana, Han characters and Hangul syllables that take two cells each, whatever is beside them. */
const doubleCells = '[\\u3041-\\u3096\\u30a1-\\u30fa\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3]';

const narrow = new RegExp(`^${singleCells}*$`);
/** The packages take a millisecond for a long name of these, and a screen has many names. */
const plain = new RegExp(`^(?:${singleCells}|${doubleCells})*$`);
const FIRST_DOUBLE = 0x3041;

const require = createRequire(import.meta.url);
let packages: WidthPackages | null = null;

/** How many cells of a terminal the text takes. The text has no escape sequences. */
export function cellWidth(text: string): number {
	if (narrow.test(text)) return text.length;
	return plain.test(text) ? plainWidth(text) : widthPackages().stringWidth(text);
}

/** The text cut to at most `width` cells, with `…` where something is missing. */
export function cutText(text: string, width: number, position: CutPosition = 'end'): string {
	if (cellWidth(text) <= width) return text;
	if (width < 1) return '';
	if (narrow.test(text)) return cutNarrow(text, width, position);
	return plain.test(text)
		? cutPlain(text, width, position)
		: widthPackages().cliTruncate(text, width, { position });
}

/** Spares loading the packages a second time where they are loaded already. */
export function setWidthPackages(loaded: WidthPackages): void {
	packages = loaded;
}

/**
 * Loads the packages when the first text needs them: that takes longer than reading a small image, and nearly all text is narrow.
 */
function widthPackages(): WidthPackages {
	// The file has the ending of this one: `.ts` in the source, `.js` in the built program.
	packages ??= require(`./wide-text${import.meta.url.slice(-3)}`) as typeof import('./wide-text.ts');
	return packages;
}

function cellsAt(text: string, index: number): number {
	return text.charCodeAt(index) < FIRST_DOUBLE ? 1 : 2;
}

function plainWidth(text: string): number {
	let width = 0;
	for (let index = 0; index < text.length; index++) width += cellsAt(text, index);
	return width;
}

function cutPlain(text: string, width: number, position: CutPosition): string {
	const kept = width - 1;
	const atEnd = position === 'end' ? 0 : position === 'start' ? kept : Math.floor(kept / 2);
	let start = 0;
	for (let room = kept - atEnd - cellsAt(text, 0); room >= 0; room -= cellsAt(text, start)) start++;
	let end = text.length;
	for (let room = atEnd - cellsAt(text, end - 1); room >= 0; room -= cellsAt(text, end - 1)) end--;
	return `${text.slice(0, start)}…${text.slice(end)}`;
}

function cutNarrow(text: string, width: number, position: CutPosition): string {
	const kept = width - 1;
	const atEnd = position === 'end' ? 0 : position === 'start' ? kept : Math.floor(kept / 2);
	return `${text.slice(0, kept - atEnd)}…${text.slice(text.length - atEnd)}`;
}
