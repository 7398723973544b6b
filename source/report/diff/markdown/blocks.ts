/**
 * Hostile text in code: in a code span or a fenced block nothing is a link, a mention, a reference, HTML or a table (CommonMark 0.31,
 * "Code spans" and "Fenced code blocks"). The text is safe for a terminal, and so has no line breaks.
 */
export function codeSpan(text: string): string {
	const fence = '`'.repeat(longestRun(text) + 1);
	// Blanks at both ends are not part of the code, and keep backticks of the text from those of the fence.
	return `${fence} ${text} ${fence}`;
}

/** A block that a reader opens. */
export interface Block {
	/** Text of ours. */
	readonly summary: string;
	/** Safe for a terminal. */
	readonly lines: readonly string[];
	/** What is said below the lines. */
	readonly note: (hiddenLines: number) => string | null;
}

/** The block with as many of its lines as fit into so many bytes of UTF-8; its summary alone where there are none. */
export function formatBlock({ summary, lines, note }: Block, mostBytes: number): string {
	for (let shown = lines.length; shown > 0; ) {
		const text = textOf(summary, lines.slice(0, shown), note(lines.length - shown));
		const excess = Buffer.byteLength(text) - mostBytes;
		if (excess <= 0) return text;
		shown -= linesWith(lines.slice(0, shown), excess);
	}
	const said = note(lines.length);
	return `${summary}.${said === null ? '' : ` ${said}`}\n`;
}

/** How many of the last lines have that many bytes, at least one. */
function linesWith(lines: readonly string[], bytes: number): number {
	let count = 0;
	for (let left = bytes; left > 0 && count < lines.length; count++)
		left -= Buffer.byteLength(lines[lines.length - 1 - count]) + 1;
	return Math.max(1, count);
}

function textOf(summary: string, lines: readonly string[], note: string | null): string {
	const code = lines.join('\n');
	const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
	const end = note === null ? '' : `\n${note}\n`;
	return `<details><summary>${summary}</summary>\n\n${fence}text\n${code}\n${fence}\n${end}\n</details>\n`;
}

function longestRun(text: string): number {
	return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
