import type { ExplorerServices } from '../model/effects/requests.ts';

/** Longer texts are refused by terminals, which say nothing then. */
const MAXIMUM_BASE64_LENGTH = 100_000;

/**
 * Copies text to the clipboard of the terminal, also from afar (xterm control sequences, OSC 52). Whether the terminal takes it cannot be
 * told.
 */
export function clipboardOf(output: NodeJS.WriteStream): ExplorerServices['copy-text'] {
	return async ({ text }) => {
		const encoded = Buffer.from(text).toString('base64');
		if (encoded.length > MAXIMUM_BASE64_LENGTH) return { isTaken: false };
		output.write(`\u{1B}]52;c;${encoded}\u{7}`);
		return { isTaken: true };
	};
}
