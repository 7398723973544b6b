import { bytesAfterAt, bytesBeforeAt, type Comparison, deltaAt } from '../../../../../filetree/comparison.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { fitLine, padEnd, padStart } from '../../../cells.ts';
import { attributesOf } from '../../../frame/attributes.ts';
import { bar } from '../../../frame/figures.ts';
import { cursorMark, highlightOf } from '../../../frame/highlight.ts';
import { type Line, type Span, span } from '../../../line.ts';
import { topOf } from '../../../list-window.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import type { Sorting, SortOrder } from '../../../rows/child-order.ts';
import type { Projection } from '../../../rows/projection.ts';
import { type Row, rowsAt } from '../../../rows/row-window.ts';
import { nameSpans } from '../../../tree/name-spans.ts';
import type { TreeRows } from '../../../tree/tree-rows.ts';
import { contentWidth } from '../../list/two-panes/columns.ts';
import { deltaText } from '../delta.ts';
import { changesOf, fieldTexts, movedFrom, typeText } from './changed-facts.ts';
import type { ChangedFilesScene } from './changed-files-state.ts';
import { differenceMark } from './difference-letters.ts';

const DELTA_WIDTH = 9;
const SIZE_WIDTH = 7;
const BAR_WIDTH = 3;
/** Narrower lists have no bars. */
const WITH_BARS = 68;

/**
 * What the columns are called, with an arrow at the one that rows are sorted by. The first cell is that of the blank behind the letter.
 */
export function changedHead(sorting: Sorting, width: number): string {
	const bars = width < WITH_BARS ? 0 : BAR_WIDTH + 1;
	const name = (text: string, order: SortOrder) => text + (sorting.order === order ? arrowOf(sorting) : '');
	return [
		`${padStart(name('delta', 'delta'), DELTA_WIDTH + 1)} ${padEnd('', bars)}`,
		`${padStart('old', SIZE_WIDTH)} → ${padEnd(name('new', 'new-size'), SIZE_WIDTH)}  ${name('name', 'name')}`,
	].join('');
}

/** Down: the greatest, or the first name, at the top. */
function arrowOf({ isReversed }: Sorting): string {
	return isReversed ? '↑' : '↓';
}

/** The visible part of the merged tree. */
export function changedLines(
	{ state, subject, layout }: ChangedFilesScene,
	{ projection, node, list }: TreeRows,
): readonly Line[] {
	const width = contentWidth(layout.panes.list);
	const largest = largestDelta(projection);
	return rowsAt(projection.index, topOf(list), list.height).map((row) => {
		const focus = { isSelected: row.node === node, isFocused: state.focus === 'list' };
		const { text, problem } = state.filter;
		const room = { projection, width: width - 1, largest, marked: problem === null ? text : null };
		const spans = [cursorMark(focus), ...rowSpans(subject, row, room)];
		return fitLine(spans, width, highlightOf(focus));
	});
}

/** The greatest delta of a path at the top of the tree; bars are in proportion to it. A tree may have very many such paths. */
function largestDelta({ sums: comparison, rules: { marks } }: Projection): number {
	const known = largestDeltas.get(comparison);
	if (known !== undefined) return known;
	const { subtreeEnds, nodeCount } = comparison.tree;
	let largest = 1;
	for (let node = 1; node < nodeCount; node = subtreeEnds[node])
		if (marks === null || marks[node] !== 0) largest = Math.max(largest, Math.abs(deltaAt(comparison, node)));
	largestDeltas.set(comparison, largest);
	return largest;
}

const largestDeltas = new WeakMap<Comparison, number>();

interface RowRoom {
	readonly projection: Projection;
	readonly width: number;
	/** The delta that has a whole bar. */
	readonly largest: number;
	/** The text whose occurrences are marked; null for none. */
	readonly marked: string | null;
}

function rowSpans(
	subject: OpenedDifference,
	row: Row,
	{ projection, width, largest, marked }: RowRoom,
): readonly Span[] {
	const { node } = row;
	const { sums } = projection;
	const mark = differenceMark(subject, node);
	const delta = deltaAt(sums, node);
	const bars =
		width < WITH_BARS ? '' : `${padEnd(bar(Math.min(1, Math.abs(delta) / largest), BAR_WIDTH), BAR_WIDTH)} `;
	const facts = [
		span(`${mark.letter} `, mark.style),
		span(`${padStart(deltaText(delta), DELTA_WIDTH)} `, delta === 0 ? 'faint' : 'plain'),
		span(bars, 'bar'),
		span(`${sizesText(subject, sums, node)}  `, delta === 0 ? 'faint' : 'plain'),
	];
	const room = width - facts.reduce((sum, { text }) => sum + text.length, 0);
	const isChanged = mark.style !== 'plain' && mark.style !== 'faint';
	const endsInSlash = isDirectory(subject, node);
	const style = isChanged ? mark.style : endsInSlash ? 'directory' : 'plain';
	const named = { row, style, note: noteOf(subject, node), endsInSlash, marked } as const;
	return [...facts, ...nameSpans(projection, named, room)];
}

function isDirectory(subject: OpenedDifference, node: number): boolean {
	const [older, newer] = changesOf(subject, node);
	const change = newer ?? older;
	return change !== null && attributesOf(subject.tree, change).isDirectory;
}

/**
 * Both sizes, or the one that is equal in both in the place of the old one. What moved counts at its new path in both images, so a new folder
 * into which something moved has an old size, and every row adds up to what is below it.
 */
function sizesText(subject: OpenedDifference, comparison: Comparison, node: number): string {
	const [older, newer] = changesOf(subject, node);
	const [before, after] = [bytesBeforeAt(comparison, node), bytesAfterAt(comparison, node)];
	const whole = 2 * SIZE_WIDTH + 3;
	if (older !== null && newer !== null && before === after)
		return padEnd(padStart(formatBytes(before), SIZE_WIDTH), whole);
	const shownOld = older === null && before === 0 ? '-' : formatBytes(before);
	const shownNew = newer === null ? '-' : formatBytes(after);
	return `${padStart(shownOld, SIZE_WIDTH)} → ${padEnd(shownNew, SIZE_WIDTH)}`;
}

/** What the row says behind the name: where it moved from, of what type it was, which fields changed, or where it leads. */
function noteOf(subject: OpenedDifference, node: number): string | null {
	const from = movedFrom(subject, node);
	const [older, newer] = changesOf(subject, node);
	const types = older !== null && newer !== null ? [typeText(subject, older), typeText(subject, newer)] : [];
	const change = newer ?? older;
	const target = change === null ? null : attributesOf(subject.tree, change).target;
	const facts = [
		...(from === null ? [] : [`from ${from}`]),
		// The mode of another type says nothing more.
		...(types[0] === types[1] ? fieldTexts(subject, node) : [`${types[0]} → ${types[1]}`]),
		...(target === null ? [] : [`-> ${target}`]),
	];
	return facts.length === 0 ? null : facts.join(', ');
}
