import { bytesAt, changeAt, changedCountAt, kindAt } from '../../../../filetree/comparison.ts';
import { changeKinds } from '../../../../filetree/file-tree.ts';
import { formatBytes } from '../../../../text/bytes.ts';
import { fitLine, padStart } from '../../cells.ts';
import { type Attributes, attributesOf } from '../../frame/attributes.ts';
import { CHANGES_BELOW, changeMark } from '../../frame/change-letters.ts';
import { cursorMark, highlightOf } from '../../frame/highlight.ts';
import { type Line, type Span, span } from '../../line.ts';
import { topOf } from '../../list-window.ts';
import type { Projection } from '../../rows/projection.ts';
import { type Row, rowsAt } from '../../rows/row-window.ts';
import { nameSpans } from '../../tree/name-spans.ts';
import type { TreeRows } from '../../tree/tree-rows.ts';
import type { FilesScene } from './files-state.ts';

/** A visible row with what its columns need. */
interface ShownRow {
	readonly row: Row;
	readonly attributes: Attributes;
	/** How its change is marked. */
	readonly mark: ReturnType<typeof changeMark>;
}

/** The columns that fit. The name comes last and takes the remaining cells. */
interface FileColumns {
	readonly permissions: boolean;
	/** Cells for uid:gid; 0 leaves the column out. */
	readonly owner: number;
	readonly name: number;
}

const PERMISSIONS_WIDTH = 10;
const SIZE_WIDTH = 7;
const MAXIMUM_OWNER = 13;
/** If names would get fewer cells than this, other columns are left out. */
const MINIMUM_NAME = 15;

/** The visible part of the file tree. */
export function fileLines(
	{ state, subject: image, layout }: FilesScene,
	{ projection, node, list }: TreeRows,
): readonly Line[] {
	const { width } = layout.panes.files;
	const rows = rowsAt(projection.index, topOf(list), list.height).map((row) => ({
		row,
		attributes: attributesOf(image.tree, changeAt(projection.comparison, row.node)),
		mark: changeMark(changeKinds[kindAt(projection.comparison, row.node)], image.stage.kind === 'comparing'),
	}));
	const columns = fileColumns(rows, width);
	return rows.map((shown) => {
		const focus = { isSelected: shown.row.node === node, isFocused: state.focus === 'files' };
		const spans = [cursorMark(focus), ...rowSpans(projection, shown, columns)];
		return fitLine(spans, width, highlightOf(focus));
	});
}

function fileColumns(rows: readonly ShownRow[], width: number): FileColumns {
	const fixed = 3 + SIZE_WIDTH + 1;
	const widestOwner = Math.max(3, ...rows.map(({ attributes }) => attributes.owner.length));
	const owner = Math.min(MAXIMUM_OWNER, widestOwner);
	const withPermissions = width - fixed - (PERMISSIONS_WIDTH + 1);
	const withOwner = withPermissions - (owner + 1);
	if (withOwner >= MINIMUM_NAME) return { permissions: true, owner, name: withOwner };
	if (withPermissions >= MINIMUM_NAME) return { permissions: true, owner: 0, name: withPermissions };
	return { permissions: false, owner: 0, name: width - fixed };
}

function rowSpans(
	projection: Projection,
	{ row, attributes, mark }: ShownRow,
	columns: FileColumns,
): readonly Span[] {
	const { comparison } = projection;
	const kind = changeKinds[kindAt(comparison, row.node)];
	const hasChangesBelow = kind === 'unchanged' && changedCountAt(comparison, row.node) > 0;
	const letter = hasChangesBelow ? CHANGES_BELOW : mark.letter;
	const bytes = bytesAt(comparison, row.node);
	const plainStyle = attributes.isDirectory ? 'directory' : 'plain';
	const style = kind === 'unchanged' ? plainStyle : mark.style;
	const note = attributes.target === null ? null : `-> ${attributes.target}`;
	const facts = [
		...(columns.permissions ? [attributes.permissions] : []),
		...(columns.owner === 0 ? [] : [padStart(attributes.owner, columns.owner)]),
	];
	return [
		span(`${letter} `, hasChangesBelow ? 'faint' : mark.style),
		span(facts.map((fact) => `${fact} `).join(''), 'faint'),
		span(`${padStart(formatBytes(bytes), SIZE_WIDTH)} `, bytes === 0 ? 'faint' : 'plain'),
		...nameSpans(projection, { row, style, note }, columns.name),
	];
}
