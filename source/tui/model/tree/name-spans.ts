import { cellWidth, cutText } from '../../../text/width.ts';
import { treeGuides } from '../frame/guides.ts';
import { shownName, shownPath } from '../frame/names.ts';
import { type Span, type StyleName, span } from '../line.ts';
import { hasRowsBelow } from '../rows/has-rows-below.ts';
import type { Projection } from '../rows/projection.ts';
import { isOpen } from '../rows/row-rules.ts';
import type { Row } from '../rows/row-window.ts';

export interface NamedRow {
	readonly row: Row;
	readonly style: StyleName;
	/** What follows the name, such as where a link leads; null for nothing. */
	readonly note: string | null;
	/** Whether the name is one of a directory, and ends like one. */
	readonly endsInSlash?: boolean;
	/** The text whose occurrences are marked; null for none. */
	readonly marked?: string | null;
}

/** The name of a row behind the lines that lead to it. A note has no place behind a name that takes all cells. */
export function nameSpans(projection: Projection, named: NamedRow, width: number): readonly Span[] {
	const { rules, index } = projection;
	const { row, style, note, endsInSlash = false, marked = null } = named;
	const slash = endsInSlash ? '/' : '';
	if (index.flat !== null) {
		const path = cutText(shownPath(rules.comparison.tree, row.node) + slash, width, 'start');
		return [...markedSpans(path, marked, style), ...noteSpans(note, width - cellWidth(path))];
	}
	const foldSign = !hasRowsBelow(rules, row.node) ? null : isOpen(rules, row.node) ? '▾' : '▸';
	const name = rowName(projection, row.node) + slash;
	const guides = treeGuides(
		row.isLast,
		foldSign,
		Math.max(Math.floor(width / 2), width - cellWidth(name) - 1),
	);
	return [
		span(guides, 'faint'),
		...markedSpans(name, marked, style),
		...noteSpans(note, width - cellWidth(name)),
	];
}

function noteSpans(note: string | null, room: number): readonly Span[] {
	return note === null || room <= 0 ? [] : [span(` ${note}`, 'faint')];
}

/** The name, after those of the directories above that share the row. */
function rowName({ comparison: { tree }, index: { countAt, parents } }: Projection, node: number): string {
	let name = shownName(tree, node);
	for (
		let above = node;
		parents[above] > 0 && countAt(parents[above]) === countAt(above);
		above = parents[above]
	)
		name = `${shownName(tree, parents[above])}/${name}`;
	return name;
}

/** Without an upper-case letter the text is found in both cases. */
function markedSpans(name: string, marked: string | null, style: StyleName): readonly Span[] {
	if (marked === null || marked === '') return [span(name, style)];
	const isAnyCase = marked === marked.toLowerCase();
	const searched = isAnyCase ? name.toLowerCase() : name;
	// A letter that is longer in lower case would move all that follows.
	if (searched.length !== name.length) return [span(name, style)];
	const spans: Span[] = [];
	let end = 0;
	for (let at = searched.indexOf(marked); at !== -1; at = searched.indexOf(marked, end)) {
		if (at > end) spans.push(span(name.slice(end, at), style));
		end = at + marked.length;
		spans.push(span(name.slice(at, end), 'match'));
	}
	return end < name.length ? [...spans, span(name.slice(end), style)] : spans;
}
