import { type ListView, moveInList, type Step, topOf } from '../list-window.ts';
import type { Projection } from '../rows/projection.ts';
import { rowNodeOf, rowNumberOf, rowsAt } from '../rows/row-window.ts';
import { type Points, projectionKey, type TreeState } from './tree-state.ts';

/** The rows of a file tree, and the user's position in them. */
export interface TreeRows {
	readonly projection: Projection;
	/** The node under the cursor; null if there are no rows. */
	readonly node: number | null;
	/** The list of rows, of which the pane shows a window. */
	readonly list: ListView;
}

/** The rows of the tree in this state, in a pane of `height` lines. */
export function treeRows(state: TreeState, points: Points, height: number): TreeRows {
	const projection = state.projector.project(projectionKey(state, points));
	const node = cursorNode(state, projection);
	const list = {
		total: projection.rowCount,
		height,
		index: node === null ? 0 : rowNumberOf(projection.index, node),
		line: state.lines.files,
	};
	return { projection, node, list };
}

/**
 * The node under the cursor: the one that the user last went to, or the one whose row it shares, or the nearest directory above it that
 * has a row, or the first row;
 * null if there are no rows.
 */
function cursorNode({ cursor }: TreeState, projection: Projection): number | null {
	const { countAt, parents } = projection.index;
	let node = cursor;
	while (node > 0 && countAt(node) === 0) node = parents[node];
	return node > 0 ? rowNodeOf(projection.index, node) : nodeOfRow(projection, 0);
}

/** Puts the cursor on a node that has a row, and moves the window no further than necessary. */
export function placeCursor<State extends TreeState>(
	state: State,
	{ projection, list }: TreeRows,
	node: number,
): State {
	const line = rowNumberOf(projection.index, node) - topOf(list);
	return {
		...state,
		cursor: node,
		lines: { ...state.lines, files: Math.max(0, Math.min(list.height - 1, line)) },
	};
}

/** Moves the cursor; the same state where there are no rows. */
export function moveInTree<State extends TreeState>(
	state: State,
	{ projection, list }: TreeRows,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): State {
	const { index, line } = moveInList(list, step, direction);
	const node = nodeOfRow(projection, index);
	return node === null ? state : { ...state, cursor: node, lines: { ...state.lines, files: line } };
}

/** Puts the cursor on the row at a line of the pane; the same state where there is none. */
export function pointInTree<State extends TreeState>(
	state: State,
	{ projection, list }: TreeRows,
	line: number,
): State {
	const node = line < 0 || line >= list.height ? null : nodeOfRow(projection, topOf(list) + line);
	return node === null ? state : { ...state, cursor: node, lines: { ...state.lines, files: line } };
}

/** The node of a row; null if there are fewer rows. */
export function nodeOfRow(projection: Projection, number: number): number | null {
	return rowsAt(projection.index, number, 1)[0]?.node ?? null;
}
