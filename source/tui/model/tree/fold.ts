import { withFold } from '../rows/folds.ts';
import { hasRowsBelow } from '../rows/has-rows-below.ts';
import type { Projection } from '../rows/projection.ts';
import { isOpen } from '../rows/row-rules.ts';
import { rowAbove, rowNumberOf } from '../rows/row-window.ts';
import { nodeOfRow, placeCursor, type TreeRows } from './tree-rows.ts';
import { foldsOf, type TreeState, withFolds } from './tree-state.ts';

/** Opens a closed directory; in an open one, goes to its first row. */
export function goIn<State extends TreeState>(state: State, rows: TreeRows): State {
	const { projection, node } = rows;
	if (node === null || isLeaf(projection, node)) return state;
	if (!isOpen(projection.rules, node)) return fold(state, node, 'open');
	const first = nodeOfRow(projection, rowNumberOf(projection.index, node) + 1);
	return first === null ? state : placeCursor(state, rows, first);
}

/** Closes an open directory; from anything else, goes to the directory above. */
export function goOut<State extends TreeState>(state: State, rows: TreeRows): State {
	const { projection, node } = rows;
	if (node === null) return state;
	if (isOpen(projection.rules, node) && !isLeaf(projection, node)) {
		return fold(state, node, 'closed');
	}
	if (projection.index.flat !== null) return state;
	const above = rowAbove(projection.index, node);
	return above > 0 ? placeCursor(state, rows, above) : state;
}

export function toggleFold<State extends TreeState>(state: State, { projection, node }: TreeRows): State {
	if (node === null || isLeaf(projection, node)) return state;
	return fold(state, node, isOpen(projection.rules, node) ? 'closed' : 'open');
}

/** Whether there is nothing to open or close. */
function isLeaf({ index, rules }: Projection, node: number): boolean {
	return index.flat !== null || !hasRowsBelow(rules, node);
}

function fold<State extends TreeState>(state: State, node: number, to: 'open' | 'closed'): State {
	return withFolds({ ...state, cursor: node }, withFold(foldsOf(state), node, to));
}
