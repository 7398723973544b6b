import { withFold } from '../../rows/folds.ts';
import { hasRowsBelow } from '../../rows/has-rows-below.ts';
import { isOpen } from '../../rows/row-rules.ts';
import { rowNumberOf } from '../../rows/row-window.ts';
import { fileRows, nodeOfRow, placeCursor } from './cursor.ts';
import { type FilesScene, type FilesState, foldsOf, withFolds } from './files-state.ts';

/** Opens a closed directory; in an open one, goes to its first row. */
export function goIn(scene: FilesScene): FilesState {
	const { state } = scene;
	const rows = fileRows(scene);
	const { projection, node } = rows;
	if (node === null || !hasRowsBelow(projection.rules, node)) return state;
	if (!isOpen(projection.rules, node)) return fold(state, node, 'open');
	const first = nodeOfRow(projection, rowNumberOf(projection.index, node) + 1);
	return first === null ? state : placeCursor(state, rows, first);
}

/** Closes an open directory; from anything else, goes to the directory above. */
export function goOut(scene: FilesScene): FilesState {
	const { state } = scene;
	const rows = fileRows(scene);
	const { projection, node } = rows;
	if (node === null) return state;
	if (isOpen(projection.rules, node) && hasRowsBelow(projection.rules, node)) {
		return fold(state, node, 'closed');
	}
	const above = projection.index.parents[node];
	return above > 0 ? placeCursor(state, rows, above) : state;
}

export function toggleFold(scene: FilesScene): FilesState {
	const { projection, node } = fileRows(scene);
	if (node === null || !hasRowsBelow(projection.rules, node)) return scene.state;
	return fold(scene.state, node, isOpen(projection.rules, node) ? 'closed' : 'open');
}

function fold(state: FilesState, node: number, to: 'open' | 'closed'): FilesState {
	return withFolds({ ...state, cursor: node }, withFold(foldsOf(state), node, to));
}
