import { type ScrollWindow, type Step, scrollBy } from '../../list-window.ts';
import type { PairPane } from './pair-layout.ts';

/** Where the user is in a view with a list and details. The state of such a view extends it. */
export interface PairState {
	readonly focus: PairPane;
	/** The first visible line of the details. */
	readonly detailsTop: number;
}

export const initialPair: PairState = { focus: 'list', detailsTop: 0 };

export function otherPane<State extends PairState>(state: State): State {
	return { ...state, focus: state.focus === 'list' ? 'details' : 'list' };
}

/** The window on `total` lines of details; its end where the details have become shorter. */
export function detailsWindow({ detailsTop }: PairState, total: number, height: number): ScrollWindow {
	return { top: Math.max(0, Math.min(detailsTop, total - height)), total, height };
}

export function scrollDetails<State extends PairState>(
	state: State,
	window: ScrollWindow,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): State {
	return { ...state, detailsTop: scrollBy(window, step, direction) };
}
