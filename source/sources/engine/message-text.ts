const LONGEST_MESSAGE = 500;

/** The start of a text from elsewhere, as one line. */
export function singleLine(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}...` : line;
}

/** A text from elsewhere without its full stop, to go into a sentence of ours. */
export function withoutFullStop(text: string): string {
	return text.replace(/[.\s]+$/, '');
}
