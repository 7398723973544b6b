import type { Action } from '../action.ts';
import { frameOf } from '../frame/frame.ts';
import { hintAt } from '../frame/hint-line.ts';
import { saidLines } from '../frame/said-lines.ts';
import { tabAt } from '../frame/tab-lines.ts';
import { doNamed, hintsOf } from '../keys.ts';
import { FOOTER_ROWS, isTooSmall } from '../layout.ts';
import { clickedIn, topScreen } from '../shown/shown-screen.ts';
import { focusOf, paneAreasOf } from '../shown/shown-view.ts';
import type { ExplorerState } from '../state.ts';
import { update } from '../update.ts';
import { type PanePlace, paneAt } from './pane-area.ts';

/** What the mouse did at a cell of the screen, 0-based. */
export type PointerEvent =
	| { readonly kind: 'click'; readonly isDouble: boolean; readonly column: number; readonly row: number }
	/** Direction 1: towards the end. */
	| { readonly kind: 'wheel'; readonly direction: 1 | -1; readonly column: number; readonly row: number };

/** Lines that one notch of the wheel moves. */
const WHEEL_LINES = 3;

/** The state after the mouse; the same state where there is nothing to point at. What is where is only worked out then. */
export function pointAt(state: ExplorerState, event: PointerEvent): ExplorerState {
	if (isTooSmall(state.size, state.subject.kind)) return state;
	return event.kind === 'wheel' ? wheel(state, event) : click(state, event);
}

function click(
	state: ExplorerState,
	{ column, row, isDouble }: Extract<PointerEvent, { readonly kind: 'click' }>,
): ExplorerState {
	const action = actionAt(state, column, row);
	if (action !== null) return update(state, action);
	const place = paneUnder(state, column, row);
	if (place === null) return state;
	const pointed = update({ ...state, prompt: null }, { type: 'point', ...place });
	return isDouble && place.line !== null && place.line >= 0 ? doNamed(pointed, 'open') : pointed;
}

/** What a hint of the footer, a tab or a line of a screen does; null for none of them. */
function actionAt(state: ExplorerState, column: number, row: number): Action | null {
	const { size } = state;
	if (row === size.rows - 1) {
		const hasHints = saidLines(state).length < FOOTER_ROWS;
		return hasHints ? (hintAt(hintsOf(state), size.columns, column)?.action ?? null) : null;
	}
	const screen = topScreen(state);
	if (screen !== null) return clickedIn(state, screen, row);
	return row === 0 ? tabAt(state, column) : null;
}

/** Scrolls the pane under the mouse; the pane with the keys keeps them. */
function wheel(
	state: ExplorerState,
	{ column, row, direction }: Extract<PointerEvent, { readonly kind: 'wheel' }>,
): ExplorerState {
	if (topScreen(state) !== null) return scrolled(state, direction);
	const place = paneUnder(state, column, row);
	if (place === null) return state;
	const focus = focusOf(state);
	if (focus === place.pane) return scrolled(state, direction);
	const there = scrolled(update(state, { type: 'point', ...place, line: null }), direction);
	const back = update(there, { type: 'point', pane: focus, line: null, cell: 0 });
	return { ...back, effects: [...there.effects, ...back.effects] };
}

function scrolled(state: ExplorerState, direction: 1 | -1): ExplorerState {
	let moved = state;
	for (let line = 0; line < WHEEL_LINES; line += 1)
		moved = update(moved, { type: 'move', step: 'line', direction });
	return moved;
}

function paneUnder(state: ExplorerState, column: number, row: number): PanePlace | null {
	if (topScreen(state) !== null) return null;
	return paneAt(paneAreasOf(state), column, row - frameOf(state).heading.length);
}
