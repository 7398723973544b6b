import { cellWidth } from '../../../text/width.ts';
import { treeGuides } from '../frame/guides.ts';
import { shownName } from '../frame/names.ts';
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
}

/** The name of a row behind the lines that lead to it. A note has no place behind a name that takes all cells. */
export function nameSpans(
	{ rules, comparison }: Projection,
	{ row, style, note }: NamedRow,
	width: number,
): readonly Span[] {
	const foldSign = !hasRowsBelow(rules, row.node) ? null : isOpen(rules, row.node) ? '▾' : '▸';
	const name = shownName(comparison.tree, row.node);
	const guides = treeGuides(
		row.isLast,
		foldSign,
		Math.max(Math.floor(width / 2), width - cellWidth(name) - 1),
	);
	return [
		span(guides, 'faint'),
		span(name, style),
		...(note === null || cellWidth(name) >= width ? [] : [span(` ${note}`, 'faint')]),
	];
}
