import { type ListView, topOf } from '../../list-window.ts';
import type { Projection } from '../../rows/projection.ts';
import { rowNumberOf, rowsAt } from '../../rows/row-window.ts';
import { type FilesScene, type FilesState, projectionOf } from './files-state.ts';

/** The rows of the file tree, and the user's position in them. */
export interface FileRows {
	readonly projection: Projection;
	/** The node under the cursor; null if there are no rows. */
	readonly node: number | null;
	/** The list of rows, of which the pane shows a window. */
	readonly list: ListView;
}

export function fileRows(scene: FilesScene): FileRows {
	const { state, layout } = scene;
	const projection = projectionOf(scene);
	const node = cursorNode(state, projection);
	const list = {
		total: projection.rowCount,
		height: layout.panes.files.height,
		index: node === null ? 0 : rowNumberOf(projection.index, node),
		line: state.lines.files,
	};
	return { projection, node, list };
}

/**
 * The node under the cursor: the one that the user last went to, or the nearest directory above it that has a row, or the first row;
 * null if there are no rows.
 */
function cursorNode({ cursor }: FilesState, projection: Projection): number | null {
	const { countAt, parents } = projection.index;
	let node = cursor;
	while (node > 0 && countAt(node) === 0) node = parents[node];
	return node > 0 ? node : nodeOfRow(projection, 0);
}

/** Puts the cursor on a node that has a row, and moves the window no further than necessary. */
export function placeCursor(state: FilesState, { projection, list }: FileRows, node: number): FilesState {
	const line = rowNumberOf(projection.index, node) - topOf(list);
	return {
		...state,
		cursor: node,
		lines: { ...state.lines, files: Math.max(0, Math.min(list.height - 1, line)) },
	};
}

/** The node of a row; null if there are fewer rows. */
export function nodeOfRow(projection: Projection, number: number): number | null {
	return rowsAt(projection.index, number, 1)[0]?.node ?? null;
}
