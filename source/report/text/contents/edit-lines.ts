import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth, cutText } from '../../../text/width.ts';

/** Longer instructions are cut: a person reads them, and the JSON report has them whole. */
const MAXIMUM_LENGTH = 500;
const CONTINUATION = ' \\';
/** Of the lines after the first. */
const INDENT = '  ';

/**
 * The lines of an instruction, each safe for a terminal and no wider than `width`. A long one goes on in the next line as in a Dockerfile, so that
 * it means the same where it is copied; a word or a line of a heredoc that is too long is cut.
 */
export function editLines(text: string, width: number | null): readonly string[] {
	const short = text.length > MAXIMUM_LENGTH ? `${text.slice(0, MAXIMUM_LENGTH)}…` : text;
	const lines = short.split(/\r\n|\r|\n/).map((line) => escapeForTerminal(line.replaceAll('\t', ' ')));
	if (width === null) return lines;
	if (lines.length > 1) return lines.map((line) => cutText(line, width));
	return continued(lines[0], width);
}

function continued(line: string, width: number): readonly string[] {
	if (cellWidth(line) <= width) return [line];
	const lines: string[] = [];
	let current = '';
	for (const word of wordsOf(line)) {
		const longer = current === '' ? word : `${current} ${word}`;
		if (current !== '' && cellWidth(longer) + CONTINUATION.length > width) {
			lines.push(`${current}${CONTINUATION}`);
			current = `${INDENT}${word}`;
		} else current = longer;
	}
	return [...lines, current].map((each) => (cellWidth(each) > width ? cutText(each, width) : each));
}

/** What stands between blanks, where blanks in quotes are none: there a further line would add some. */
function wordsOf(line: string): readonly string[] {
	return line.match(/(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\]|\\$)+/g) ?? [line];
}
