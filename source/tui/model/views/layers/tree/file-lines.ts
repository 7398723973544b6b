import {
	bytesAfterAt,
	changeAt,
	changedCountAt,
	isGoneAt,
	kindAt,
} from '../../../../../filetree/comparison.ts';
import { type ChangeKind, changeKinds } from '../../../../../filetree/file-tree.ts';
import { type OtherName, otherNameOf } from '../../../../../filetree/inodes/other-name.ts';
import { lostAt, shippedAt } from '../../../../../filetree/node-amounts.ts';
import { formatBytes } from '../../../../../text/bytes.ts';
import { fitLine, padEnd, padStart } from '../../../cells.ts';
import { attributesOf } from '../../../frame/attributes.ts';
import { CHANGES_BELOW, changeMark } from '../../../frame/change-letters.ts';
import { bar } from '../../../frame/figures.ts';
import { cursorMark, highlightOf } from '../../../frame/highlight.ts';
import { scrollbar } from '../../../frame/scrollbar.ts';
import { type Line, type Span, span } from '../../../line.ts';
import { topOf } from '../../../list-window.ts';
import type { Projection } from '../../../rows/projection.ts';
import { type Row, rowsAt } from '../../../rows/row-window.ts';
import { nameSpans } from '../../../tree/name-spans.ts';
import type { TreeRows } from '../../../tree/tree-rows.ts';
import { arrangementOf, type LayersScene } from '../layers-state.ts';
import { emptyLines } from './empty-lines.ts';
import { SIZE_WIDTH, type TreeColumns, treeColumns, treeHead } from './tree-columns.ts';
import { largestChange } from './tree-sums.ts';

/** The names of the columns, and the visible part of the file tree below them. */
export function fileLines(scene: LayersScene, rows: TreeRows): readonly Line[] {
	const { state, subject: image } = scene;
	const { width, height } = arrangementOf(scene).panes.files;
	if (rows.node === null) return emptyLines(scene, rows, width);
	const { projection, list } = rows;
	const columns = treeColumns(image.tree, width - 1);
	const top = topOf(list);
	const signs = scrollbar({ top, total: list.total, height });
	const lines = rowsAt(projection.index, top, height).map((row, line) => {
		const focus = { isSelected: row.node === rows.node, isFocused: state.focus === 'files' };
		const spans = [cursorMark(focus), ...rowSpans(scene, row, { projection, columns })];
		const text = fitLine(spans, width - 1, 'unfocused').spans;
		return fitLine([...text, span(signs[line], 'rule')], width, highlightOf(focus));
	});
	return [fitLine([span(treeHead(columns, state), 'faint')], width), ...lines];
}

interface RowRoom {
	readonly projection: Projection;
	readonly columns: TreeColumns;
}

function rowSpans(scene: LayersScene, row: Row, { projection, columns }: RowRoom): readonly Span[] {
	const { state, subject: image } = scene;
	const { comparison } = projection;
	const { node } = row;
	// A folder without an entry is no change by itself, but gone with what was in it.
	const kind = isGoneAt(comparison, node) ? 'removed' : changeKinds[kindAt(comparison, node)];
	const mark = changeMark(kind, image.stage.kind !== 'complete');
	const hasChangesBelow = kind === 'unchanged' && changedCountAt(comparison, node) > 0;
	const change = changeAt(comparison, node);
	const attributes = attributesOf(image.tree, change);
	const facts = [
		...(columns.permissions ? [`${attributes.permissions} `] : []),
		...(columns.owner === 0 ? [] : [`${padStart(attributes.owner, columns.owner)} `]),
	];
	const isChanged = kind !== 'unchanged';
	const style = isChanged ? mark.style : attributes.isDirectory ? 'directory' : 'plain';
	const { target } = attributes;
	const note = noteOf({ kind, target, layer: image.tree.changeLayers[change], letter: mark.letter }, () =>
		otherNameOf(comparison, node),
	);
	const { text, problem } = state.filter;
	const named = {
		row,
		style,
		note,
		endsInSlash: attributes.isDirectory,
		marked: problem === null ? text : null,
	} as const;
	return [
		span(`${hasChangesBelow ? CHANGES_BELOW : mark.letter} `, hasChangesBelow ? 'faint' : mark.style),
		...sizeSpans(projection, node, { kind, columns }),
		span(facts.join(''), 'faint'),
		...nameSpans(projection, named, columns.name),
	];
}

/** How large the change is, what is shipped and lost at and below a node, and what is there after it. An amount that cannot be is left blank, not 0. */
function sizeSpans(
	projection: Projection,
	node: number,
	{ kind, columns }: { readonly kind: ChangeKind; readonly columns: TreeColumns },
): readonly Span[] {
	const { sums: comparison } = projection;
	const [shipped, lost] = [shippedAt(comparison, node), lostAt(comparison, node)];
	const shippedText = shipped > 0 || (kind !== 'unchanged' && kind !== 'removed') ? formatBytes(shipped) : '';
	const lostText = lost > 0 || kind === 'removed' ? formatBytes(lost) : '';
	const after = kind === 'removed' ? '' : formatBytes(bytesAfterAt(comparison, node));
	const ratio = columns.bar === 0 ? 0 : Math.max(shipped, lost) / largestChange(projection);
	return [
		span(columns.bar === 0 ? '' : `${padEnd(bar(Math.min(1, ratio), columns.bar), columns.bar)} `, 'bar'),
		span(`${padStart(shippedText, SIZE_WIDTH)} `, shipped === 0 ? 'faint' : 'plain'),
		span(`${padStart(lostText, SIZE_WIDTH)} `, lost === 0 ? 'faint' : 'removed'),
		span(columns.after ? `${padStart(after, SIZE_WIDTH)} ` : '', 'faint'),
	];
}

interface Noted {
	readonly kind: ChangeKind;
	/** Of a link. */
	readonly target: string | null;
	readonly layer: number;
	readonly letter: string;
}

/** Where a link leads, and what a letter and sizes alone do not tell. */
function noteOf({ kind, target, layer, letter }: Noted, otherName: () => OtherName | null): string | null {
	const facts = [
		...(target === null ? [] : [`-> ${target}`]),
		...(kind === 'removed'
			? [removedNotes[otherName()?.kind ?? 'counts'] ?? ` from layer ${layer + 1}`]
			: []),
		...(kind === 'identical' && letter === '=' ? [' shipped again, same'] : []),
	];
	return facts.length === 0 ? null : facts.join(' ');
}

/** Why nothing is lost with a name that is gone. */
const removedNotes: Readonly<Partial<Record<OtherName['kind'], string>>> = {
	left: ' other name left',
	lost: ' lost with other name',
};
