import { cellWidth, cutText } from '../../../text/width.ts';

/** More than any emoji has. */
const LONGEST_SIGN = 64;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The whole text in lines of at most `width` cells, broken at spaces where possible. The text is safe for a terminal. */
export function wrapWhole(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	for (let start = 0; start < text.length; ) {
		const line = lineAt(text, start, Math.max(2, width));
		lines.push(line.trimEnd());
		start += line.length;
		while (text[start] === ' ') start += 1;
	}
	return lines.length === 0 ? [''] : lines;
}

/** The text from `start` on that fits. Looks no further than a line can reach, so that a long text takes no longer a line. */
function lineAt(text: string, start: number, width: number): string {
	const end = start + 2 * width + LONGEST_SIGN;
	const near = end < text.length ? withoutLastSign(text.slice(start, end)) : text.slice(start);
	if (cellWidth(near) <= width && start + near.length === text.length) return near;
	const fitting = cellWidth(near) <= width ? near : cutText(near, width + 1).slice(0, -1);
	if (fitting === '') return [...near][0];
	const space = near[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
	return space > width / 3 ? fitting.slice(0, space) : fitting;
}

/** The last sign may have been cut. Marks without end over one letter make one sign, which stays. */
function withoutLastSign(text: string): string {
	const { index = 0 } = segmenter.segment(text).containing(text.length - 1) ?? {};
	return index === 0 ? text : text.slice(0, index);
}
