/**
 * Text as one word of a command line for a POSIX shell (Shell Command Language, 2.2). Control characters are written as escape sequences
 * (2.2.4, POSIX.1-2024), so that nothing happens to a terminal that the word is pasted into.
 */
export function shellWord(text: string): string {
	if (/^[\w@%+=:,./-]+$/.test(text)) return text;
	if (/\p{Cc}/u.test(text)) return `$'${text.replaceAll(/[\\']|\p{Cc}/gu, escaped)}'`;
	return `'${text.replaceAll("'", "'\\''")}'`;
}

function escaped(character: string): string {
	if (character === '\\' || character === "'") return `\\${character}`;
	// The bytes of its UTF-8, in octal: a digit that follows cannot become a part of it.
	return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
