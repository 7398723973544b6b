import { type Filter, noFilter } from '../filter/filter.ts';
import type { Sorting } from '../rows/child-order.ts';
import { type Folds, noFolds } from '../rows/folds.ts';
import type { ProjectionKey } from '../rows/projection.ts';
import type { Projector } from '../rows/projector.ts';
import type { Opening } from '../rows/row-rules.ts';

/** Where the user is in a file tree, and what they chose. The state of a view with a tree extends it. */
export interface TreeState extends Sorting {
	/** Computes the rows of the tree and caches the latest ones. */
	readonly projector: Projector;
	readonly hideUnchanged: boolean;
	/** Which directories are open that have no fold. */
	readonly opening: Opening;
	/** Whether directories with nothing but one directory share its row. */
	readonly joins: boolean;
	readonly isFlat: boolean;
	readonly folds: Folds;
	readonly filter: Filter;
	/**
	 * The node that the user last went to; the root at first. It stays the same while it has no row in the comparison shown, so that
	 * the cursor comes back to it: see `cursorNode`.
	 */
	readonly cursor: number;
	/** Null without a filter that the user typed. */
	readonly filterPlace: FilterPlace | null;
	/** The line of its window that the cursor is on. */
	readonly lines: { readonly files: number };
}

/** Where the cursor was when a filter was begun, and where keeping it led to. */
export interface FilterPlace {
	readonly begun: { readonly cursor: number; readonly line: number };
	readonly ledTo: number;
}

/** The two points of the stack that a tree compares. */
export type Points = Pick<ProjectionKey, 'from' | 'to'>;

export function initialTree(projector: Projector): Omit<TreeState, 'lines'> {
	return {
		projector,
		order: 'name',
		isReversed: false,
		hideUnchanged: false,
		opening: 'changed',
		joins: false,
		isFlat: false,
		folds: noFolds,
		filter: noFilter,
		cursor: 0,
		filterPlace: null,
	};
}

/** What determines the rows in this state. */
export function projectionKey(state: TreeState, { from, to }: Points): ProjectionKey {
	const { order, isReversed, hideUnchanged, opening, joins, isFlat, filter } = state;
	const sorting = { order, isReversed };
	const choice = { hideUnchanged, opening, joins, isFlat };
	return { from, to, ...sorting, ...choice, folds: foldsOf(state), matches: filter.matches };
}

/** While a filter is on, what the user opens and closes belongs to the filter and goes away with it. */
export function foldsOf({ filter, folds }: Pick<TreeState, 'filter' | 'folds'>): Folds {
	return filter.matches === null ? folds : filter.folds;
}

export function withFolds<State extends TreeState>(state: State, folds: Folds): State {
	return state.filter.matches === null
		? { ...state, folds }
		: { ...state, filter: { ...state.filter, folds } };
}
