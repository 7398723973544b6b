import type { SortOrder } from '../rows/child-order.ts';
import { noFolds } from '../rows/folds.ts';
import { goIn, goOut, toggleFold } from './fold.ts';
import type { TreeAction } from './tree-keys.ts';
import type { TreeRows } from './tree-rows.ts';
import { type TreeState, withFolds } from './tree-state.ts';

/** The state after an action of the tree. `orders`: what the view sorts by, one after the other. */
export function updateTree<State extends TreeState>(
	state: State,
	action: TreeAction,
	{ rows, orders }: { readonly rows: () => TreeRows; readonly orders: readonly SortOrder[] },
): State {
	switch (action.type) {
		case 'go-in':
			return goIn(state, rows());
		case 'go-out':
			return goOut(state, rows());
		case 'toggle-fold':
			return toggleFold(state, rows());
		case 'fold-all': {
			const opening = state.opening === action.to ? 'changed' : action.to;
			return withFolds({ ...state, opening }, noFolds);
		}
		case 'toggle-flat':
			return { ...state, isFlat: !state.isFlat };
		case 'next-order': {
			const next = orders[(orders.indexOf(state.order) + 1) % orders.length];
			return { ...state, order: next, isReversed: false };
		}
		case 'reverse-order':
			return { ...state, isReversed: !state.isReversed };
		case 'toggle-unchanged':
			return { ...state, hideUnchanged: !state.hideUnchanged };
	}
}
