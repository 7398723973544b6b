/** How much of a hostile text is shown in a message. */
const MAXIMUM_LENGTH = 200;

/** The start of a text that may be very long, with `…` where something is missing. */
export function shorten(text: string): string {
	return text.length > MAXIMUM_LENGTH ? `${text.slice(0, MAXIMUM_LENGTH)}…` : text;
}
