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

const narrow = new RegExp(`^${singleCells}*$`);

const require = createRequire(import.meta.url);
let packages: WidthPackages | null = null;

/** How many cells of a terminal the text takes. The text has no escape sequences. */
export function cellWidth(text: string): number {
	return narrow.test(text) ? text.length : widthPackages().stringWidth(text);
}

/** The text cut to at most `width` cells, with `…` where something is missing. */
export function cutText(text: string, width: number, position: CutPosition = 'end'): string {
	if (cellWidth(text) <= width) return text;
	if (width < 1) return '';
	return narrow.test(text)
		? cutNarrow(text, width, position)
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

function cutNarrow(text: string, width: number, position: CutPosition): string {
	const kept = width - 1;
	const atEnd = position === 'end' ? 0 : position === 'start' ? kept : Math.floor(kept / 2);
	return `${text.slice(0, kept - atEnd)}…${text.slice(text.length - atEnd)}`;
}
