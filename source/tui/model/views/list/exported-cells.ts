import { escapeForTerminal } from '../../../../text/escape.ts';

/** More of a text than anybody reads in a cell, and a bound for hostile ones. */
const MAXIMUM_LENGTH = 32_000;

/** A layer as users number it. */
export function layerNumber(layerIndex: number | null): number | null {
	return layerIndex === null ? null : layerIndex + 1;
}

/** Hostile text in one line, safe for a terminal. */
export function safeText(text: string | null): string | null {
	return text === null ? null : escapeForTerminal(text.slice(0, MAXIMUM_LENGTH).replace(/\s+/g, ' '));
}
