import { cellWidth } from '../../../../../text/width.ts';
import type { Span } from '../../../line.ts';

const ascii = /^[ -~]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The spans without their first cells. A character that takes two cells and is cut gives a space. */
export function withoutCells(spans: readonly Span[], cells: number): readonly Span[] {
	let left = cells;
	return spans.flatMap(({ text, style }): readonly Span[] => {
		if (left === 0) return [{ text, style }];
		const [head, tail] = splitAt(text, left);
		const rest = left - cellWidth(head);
		left = tail === '' ? rest : 0;
		if (tail === '') return [];
		if (rest === 0) return [{ text: tail, style }];
		const [{ segment }] = [...segmenter.segment(tail.slice(0, 64))];
		return [{ text: ' '.repeat(cellWidth(segment) - rest) + tail.slice(segment.length), style }];
	});
}

/** The spans in lines of at most so many cells; at least one line. */
export function wrapSpans(spans: readonly Span[], width: number): readonly (readonly Span[])[] {
	const lines: Span[][] = [[]];
	let room = width;
	for (const { text, style } of spans) {
		for (let rest = text; rest !== ''; ) {
			const [head, tail] = splitAt(rest, room);
			if (head !== '') lines[lines.length - 1].push({ text: head, style });
			room -= cellWidth(head);
			rest = tail;
			if (tail === '') break;
			lines.push([]);
			room = width;
		}
	}
	return lines;
}

/** The last UTF-16 units of the spans. */
export function endOf(spans: readonly Span[], units: number): readonly Span[] {
	let left = lengthOf(spans) - units;
	return spans.flatMap(({ text, style }): readonly Span[] => {
		const end = text.slice(Math.max(0, left));
		left -= text.length;
		return end === '' ? [] : [{ text: end, style }];
	});
}

/** The spans without their last UTF-16 units. */
export function withoutEnd(spans: readonly Span[], units: number): readonly Span[] {
	if (units === 0) return spans;
	let left = lengthOf(spans) - units;
	return spans.flatMap(({ text, style }): readonly Span[] => {
		const start = text.slice(0, Math.max(0, left));
		left -= text.length;
		return start === '' ? [] : [{ text: start, style }];
	});
}

function lengthOf(spans: readonly Span[]): number {
	return spans.reduce((sum, { text }) => sum + text.length, 0);
}

/** A text in two: the first part takes so many cells, or fewer where the next character does not fit. */
function splitAt(text: string, cells: number): readonly [string, string] {
	if (ascii.test(text)) return [text.slice(0, cells), text.slice(cells)];
	let used = 0;
	for (const { segment, index } of segmenter.segment(text)) {
		used += cellWidth(segment);
		if (used > cells) return [text.slice(0, index), text.slice(index)];
	}
	return [text, ''];
}
