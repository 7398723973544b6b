import { computeLayout } from './layout.ts';
import { type ListView, topOf } from './list-window.ts';
import type { Projection } from './rows/projection.ts';
import { rowNumberOf, rowsAt } from './rows/row-window.ts';
import { type ExplorerState, projectionOf } from './state.ts';

/**
 * The node of the row under the cursor: the path that the user last went to, else the nearest directory above it that has a row,
 * else the first row; null without rows.
 */
export function cursorNode(
	state: ExplorerState,
	projection: Projection = projectionOf(state),
): number | null {
	const { countAt, parents } = projection.index;
	let node = state.cursor;
	while (node > 0 && countAt(node) === 0) node = parents[node];
	return node > 0 ? node : nodeOfRow(projection, 0);
}

/** The list of files as a window on its rows. */
export function filesView(state: ExplorerState, projection: Projection = projectionOf(state)): ListView {
	const node = cursorNode(state, projection);
	return {
		total: projection.rowCount,
		height: computeLayout(state.size, state.image.tree.layerCount).panes.files.height,
		index: node === null ? 0 : rowNumberOf(projection.index, node),
		line: state.lines.files,
	};
}

/** Puts the cursor on a node that has a row, and moves the window no further than it must. */
export function placeCursor(state: ExplorerState, projection: Projection, node: number): ExplorerState {
	const view = filesView(state, projection);
	const line = rowNumberOf(projection.index, node) - topOf(view);
	return {
		...state,
		cursor: node,
		lines: { ...state.lines, files: Math.max(0, Math.min(view.height - 1, line)) },
	};
}

/** The node of a row, null when there are not so many rows. */
export function nodeOfRow(projection: Projection, number: number): number | null {
	return rowsAt(projection.index, number, 1)[0]?.node ?? null;
}
