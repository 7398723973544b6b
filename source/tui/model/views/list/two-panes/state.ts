import { type ScrollWindow, type Step, scrollBy } from '../../../list-window.ts';
import type { TwoPane } from './layout.ts';

/** Where the user is in a view with a list and details. The state of such a view extends it. */
export interface TwoPaneState {
	readonly focus: TwoPane;
	/** The first visible line of the details. */
	readonly detailsTop: number;
}

export const initialTwoPanes: TwoPaneState = { focus: 'list', detailsTop: 0 };

export function otherPane<State extends TwoPaneState>(state: State): State {
	return { ...state, focus: state.focus === 'list' ? 'details' : 'list' };
}

/** The window on `total` lines of details; its end where the details have become shorter. */
export function detailsWindow({ detailsTop }: TwoPaneState, total: number, height: number): ScrollWindow {
	return { top: Math.max(0, Math.min(detailsTop, total - height)), total, height };
}

export function scrollDetails<State extends TwoPaneState>(
	state: State,
	window: ScrollWindow,
	{ step, direction }: { readonly step: Step; readonly direction: 1 | -1 },
): State {
	return { ...state, detailsTop: scrollBy(window, step, direction) };
}
