import { cursorNode, nodeOfRow, placeCursor } from './cursor.ts';
import { childOrder } from './rows/child-order.ts';
import { withFold } from './rows/folds.ts';
import { isInMatch, isOpen, isShown, type RowRules } from './rows/row-rules.ts';
import { rowNumberOf } from './rows/row-window.ts';
import { type ExplorerState, foldsOf, projectionOf, withFolds } from './state.ts';

/** Opens a closed directory, and goes to the first row in an open one. */
export function goIn(state: ExplorerState): ExplorerState {
	const projection = projectionOf(state);
	const node = cursorNode(state, projection);
	if (node === null || !hasRowsBelow(projection.rules, node)) return state;
	if (!isOpen(projection.rules, node)) return fold(state, node, 'open');
	const first = nodeOfRow(projection, rowNumberOf(projection.index, node) + 1);
	return first === null ? state : placeCursor(state, projection, first);
}

/** Closes an open directory, and goes to the directory above from anything else. */
export function goOut(state: ExplorerState): ExplorerState {
	const projection = projectionOf(state);
	const node = cursorNode(state, projection);
	if (node === null) return state;
	if (isOpen(projection.rules, node) && hasRowsBelow(projection.rules, node)) {
		return fold(state, node, 'closed');
	}
	const above = projection.index.parents[node];
	return above > 0 ? placeCursor(state, projection, above) : state;
}

export function toggleFold(state: ExplorerState): ExplorerState {
	const { rules } = projectionOf(state);
	const node = cursorNode(state);
	if (node === null || !hasRowsBelow(rules, node)) return state;
	return fold(state, node, isOpen(rules, node) ? 'closed' : 'open');
}

function fold(state: ExplorerState, node: number, to: 'open' | 'closed'): ExplorerState {
	return withFolds({ ...state, cursor: node }, withFold(foldsOf(state), node, to));
}

/** Whether the node has something to open. */
export function hasRowsBelow(rules: RowRules, node: number): boolean {
	const { tree } = rules.comparison;
	if (tree.subtreeEnds[node] === node + 1) return false;
	const inMatch = isInMatch(rules, node);
	const next = childOrder(rules.comparison, 'name').children(node);
	for (let child = next(); child !== -1; child = next()) {
		if (isShown(rules, child, inMatch)) return true;
	}
	return false;
}
