import { createRequire } from 'node:module';

/**
 * The packages that know the width of every character take longer to load than a small image takes to read, and nearly all text
 * is ASCII: they are loaded when the first text comes that needs them.
 */
const require = createRequire(import.meta.url);

const printableAscii = /^[ -~]*$/;

/** How many cells of a terminal the text takes. */
export function textWidth(text: string): number {
	if (printableAscii.test(text)) return text.length;
	const stringWidth: typeof import('string-width') = require('string-width');
	return stringWidth.default(text);
}

/** The text cut to at most `width` cells, with `…` where something is missing. */
export function cutText(text: string, width: number, position: 'middle' | 'end'): string {
	if (textWidth(text) <= width) return text;
	if (printableAscii.test(text)) return cutAscii(text, width, position);
	const cliTruncate: typeof import('cli-truncate') = require('cli-truncate');
	return cliTruncate.default(text, width, { position });
}

function cutAscii(text: string, width: number, position: 'middle' | 'end'): string {
	const kept = Math.max(0, width - 1);
	const atEnd = position === 'end' ? 0 : Math.floor(kept / 2);
	return `${text.slice(0, kept - atEnd)}…${text.slice(text.length - atEnd)}`;
}
