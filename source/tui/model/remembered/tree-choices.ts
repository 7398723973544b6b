import type { SortOrder } from '../rows/child-order.ts';
import type { TreeState } from '../tree/tree-state.ts';
import { type Choices, switchOf, wordOf } from './remembered.ts';

type ChosenInTree = Pick<TreeState, 'order' | 'isReversed' | 'hideUnchanged' | 'isFlat'>;

/** The actions by which the user chooses how a file tree is shown. */
export const treeChoiceActions = ['toggle-flat', 'next-order', 'reverse-order', 'toggle-unchanged', 'point'];

export function treeChoices({ order, isReversed, hideUnchanged, isFlat }: ChosenInTree): Choices {
	return { order, isReversed, hideUnchanged, isFlat };
}

/** A tree with choices of an earlier run. `orders`: what the view sorts by. */
export function withTreeChoices<State extends ChosenInTree>(
	state: State,
	choices: Choices,
	orders: readonly SortOrder[],
): State {
	return {
		...state,
		order: wordOf(choices.order, orders, state.order),
		isReversed: switchOf(choices.isReversed, state.isReversed),
		hideUnchanged: switchOf(choices.hideUnchanged, state.hideUnchanged),
		isFlat: switchOf(choices.isFlat, state.isFlat),
	};
}
