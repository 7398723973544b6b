import { createRequire } from 'node:module';

/**
 * The packages that know the width of every character take longer to load than a small image takes to read, and nearly all text
 * is narrow: they are loaded when the first text comes that needs them.
 */
const require = createRequire(import.meta.url);
const widePackages = (): typeof import('./wide-text.ts') =>
	// The file has the ending of this one: `.ts` in the source, `.js` in the built program.
	require(`./wide-text${import.meta.url.slice(-3)}`);

/** What our own texts are made of besides: Latin letters, dashes and dots, arrows, lines, blocks and signs. All of them one cell each. */
const narrow =
	/^[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2039\u203a\u2190-\u21ff\u2500-\u259f\u25b8\u25be\u276f]*$/;

/** How many cells of a terminal the text takes. */
export function textWidth(text: string): number {
	if (narrow.test(text)) return text.length;
	return widePackages().stringWidth(text);
}

/** The text cut to at most `width` cells, with `…` where something is missing. */
export function cutText(text: string, width: number, position: 'middle' | 'end'): string {
	if (textWidth(text) <= width) return text;
	if (narrow.test(text)) return cutNarrow(text, width, position);
	return widePackages().cliTruncate(text, width, { position });
}

function cutNarrow(text: string, width: number, position: 'middle' | 'end'): string {
	const kept = Math.max(0, width - 1);
	const atEnd = position === 'end' ? 0 : Math.floor(kept / 2);
	return `${text.slice(0, kept - atEnd)}…${text.slice(text.length - atEnd)}`;
}
