import { cellWidth, cutText } from '../../../text/width.ts';

/** The text in lines of at most `width` cells, broken at spaces where possible. The last line is cut if the rest does not fit. */
export function wrap(text: string, width: number, maximumLines: number): string[] {
	const lines: string[] = [];
	let rest = text;
	while (rest !== '' && lines.length < maximumLines - 1 && cellWidth(rest) > width) {
		const line = firstLine(rest, width);
		lines.push(line.trimEnd());
		rest = rest.slice(line.length).trimStart();
	}
	if (rest !== '') lines.push(cutText(rest, width));
	return lines;
}

function firstLine(text: string, width: number): string {
	// One extra cell holds the sign of a cut, which is dropped again.
	const fitting = cutText(text, width + 1).slice(0, -1);
	const space = text[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
	return space > width / 3 ? fitting.slice(0, space) : fitting;
}
