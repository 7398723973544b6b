import { escapeForTerminal } from '../../../../../text/escape.ts';
import { cellWidth } from '../../../../../text/width.ts';
import { type Span, type StyleName, span, syntaxStyles } from '../../../line.ts';
import { rowRange, type TextRows } from './text-rows.ts';

/** A part of a row that has a style, bytes from the start of the part of the file. */
export interface StyledRange {
	readonly start: number;
	readonly end: number;
	readonly style: StyleName;
}

const TAB_CELLS = 4;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text between two bytes with its styles, safe for a terminal. Later ranges lie over earlier ones. */
export function styledSpans(
	bytes: Uint8Array,
	[start, end]: readonly [number, number],
	ranges: readonly StyledRange[],
): readonly Span[] {
	const near = ranges.filter((range) => range.end > start && range.start < end);
	const borders = near.flatMap((range) => [range.start, range.end]);
	const cuts = [...new Set([start, ...borders, end])]
		.filter((cut) => cut >= start && cut <= end)
		.sort((left, right) => left - right);
	const spans: Span[] = [];
	let column = 0;
	for (let index = 0; index + 1 < cuts.length; index++) {
		const style = near.findLast((range) => range.start <= cuts[index] && range.end > cuts[index])?.style;
		const text = shownText(decoder.decode(bytes.subarray(cuts[index], cuts[index + 1])), column);
		column += cellWidth(text);
		spans.push(span(text, style ?? 'plain'));
	}
	return spans;
}

/** A row as it is shown, without its styles. */
export function rowText(rows: TextRows, row: number): string {
	return shownText(decoder.decode(rows.bytes.subarray(...rowRange(rows, row))));
}

/** Text in one line, safe for a terminal, with tabs as spaces. `column` is where it begins. */
export function shownText(text: string, column = 0): string {
	if (!text.includes('\t')) return escapeForTerminal(text);
	let shown = '';
	for (const [index, part] of text.split('\t').entries()) {
		if (index > 0) shown += ' '.repeat(TAB_CELLS - ((column + cellWidth(shown)) % TAB_CELLS));
		shown += escapeForTerminal(part);
	}
	return shown;
}

/** The runs of a highlighter that touch a range, as ranges. Runs are ascending and do not overlap. */
export function rangesOfRuns(
	runs: Uint32Array,
	[start, end]: readonly [number, number],
): readonly StyledRange[] {
	const ranges: StyledRange[] = [];
	let low = 0;
	let high = runs.length / 3;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (runs[3 * middle + 1] <= start) low = middle + 1;
		else high = middle;
	}
	for (let run = low; 3 * run < runs.length && runs[3 * run] < end; run++) {
		const style = syntaxStyles[runs[3 * run + 2]] ?? 'plain';
		ranges.push({ start: runs[3 * run], end: runs[3 * run + 1], style });
	}
	return ranges;
}
