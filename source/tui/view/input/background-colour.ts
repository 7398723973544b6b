import type { Colour } from '../themes/contrast.ts';

/** Asks a terminal for the colour of its background (xterm control sequences, OSC 11). */
export const ASK_BACKGROUND = '\u{1B}]11;?\u{1B}\\';

/** The colour in the answer, as XParseColor reads it; null for anything else. */
export function parseBackground(reply: string): Colour | null {
	const parts = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(reply);
	if (parts === null) return null;
	const [, red, green, blue] = parts;
	return [shareOf(red), shareOf(green), shareOf(blue)];
}

function shareOf(digits: string): number {
	return Number.parseInt(digits, 16) / (16 ** digits.length - 1);
}
