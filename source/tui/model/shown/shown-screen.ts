import type { Action } from '../action.ts';
import { keysIn } from '../bindings/key-labels.ts';
import { copyText } from '../effects/copy-text.ts';
import type { Effect } from '../effects/effect.ts';
import { openExport } from '../screens/export/export-screen.ts';
import type { MoveAction, ScreenFrame, ScreenScene } from '../screens/screen.ts';
import {
	type OpenScreen,
	type ScreenAction,
	type ScreenId,
	type ScreenTypesOf,
	screens,
} from '../screens/screens.ts';
import type { ExplorerState } from '../state.ts';
import { goTo } from './go-to.ts';
import { openPath } from './open-path.ts';
import { ownerEffects } from './owner-names.ts';
import { addressedTo } from './screen-effects.ts';
import { pendingEffects } from './shown-view.ts';

/** The screen that has the keys; null while the view has them. */
export function topScreen({ screens: open }: Pick<ExplorerState, 'screens'>): OpenScreen | null {
	return open.at(-1) ?? null;
}

/** What the topmost screen draws. */
export function drawScreen(state: ExplorerState, { id, state: own }: OpenScreen): ScreenFrame {
	return draw(id, sceneOf(state, id, own));
}

/** What typed text does in a screen; null where characters are keys. */
export function typedInto({ id, state }: OpenScreen, text: string): ScreenAction | null {
	return typed(id, state, text);
}

/** What the footer calls a key of a screen, by its action and its usual hint; null where it does nothing in this state. */
export function hintedIn({ id, state }: OpenScreen, action: Action, text: string): string | null {
	return action.type === 'screen' && action.screen === id ? hinted(id, state, action.action, text) : text;
}

/** Whether the keys that move do anything in a screen. */
export function canMoveIn(state: ExplorerState, { id, state: own }: OpenScreen): boolean {
	return canMove(id, sceneOf(state, id, own));
}

/** What a click on a line of a screen does; null for nothing. */
export function clickedIn(
	state: ExplorerState,
	{ id, state: own }: OpenScreen,
	line: number,
): ScreenAction | null {
	return clicked(id, sceneOf(state, id, own), line);
}

/** What the topmost screen and the view below it ask for with every action until it is answered. */
export function allPendingEffects(state: ExplorerState): readonly Effect<Action>[] {
	const screen = topScreen(state);
	const ofView = [...pendingEffects(state), ...ownerEffects(state)];
	return screen === null
		? ofView
		: [...pendingIn(screen.id, sceneOf(state, screen.id, screen.state)), ...ofView];
}

/** The state after an action of the topmost screen of that name, and the binding to run then; the same state where there is none. */
export function stepOfScreen(
	state: ExplorerState,
	id: ScreenId,
	action: MoveAction | ScreenAction['action'],
): { readonly next: ExplorerState; readonly run: string | null } {
	const index = state.screens.findLastIndex((screen) => screen.id === id);
	if (index === -1) return { next: state, run: null };
	const { state: own } = state.screens[index];
	const step = stepIn(id, sceneOf(state, id, own), action);
	if (doesNothing(step, own)) return { next: state, run: null };
	const next = {
		...state,
		screens: [
			...replaced(
				state.screens,
				index,
				step.state === null ? null : ({ id, state: step.state } as OpenScreen),
			),
			...(step.exports == null
				? []
				: [{ id: 'export' as const, state: openExport(step.exports, state.subject) }]),
		],
		effects: [...step.effects, ...(step.copies == null ? [] : [copyText(step.copies, step.copies)])],
		message: step.message ?? null,
	};
	const run = step.run ?? null;
	if (step.open != null) return { next: openPath(next, step.open), run };
	// The way back leads to this screen.
	if (step.goTo == null) return { next, run };
	return { next: goTo({ ...next, screens: state.screens }, step.goTo), run };
}

function doesNothing(step: ReturnType<typeof stepIn>, own: unknown): boolean {
	const { state, effects, ...others } = step;
	return state === own && effects.length === 0 && Object.values(others).every((each) => each == null);
}

function replaced(open: readonly OpenScreen[], index: number, by: OpenScreen | null): readonly OpenScreen[] {
	return by === null ? open.toSpliced(index, 1) : open.with(index, by);
}

// The functions below are generic in the screen, so that the compiler keeps the state and actions of one screen together.

function draw<Id extends ScreenId>(id: Id, scene: ScreenScene<ScreenTypesOf[Id]>): ScreenFrame {
	return screens[id].frame(scene);
}

function typed<Id extends ScreenId>(
	screen: Id,
	state: ScreenTypesOf[Id]['state'],
	text: string,
): ScreenAction | null {
	const action = screens[screen].typed(state, text);
	return action === null ? null : ({ type: 'screen', screen, action } as ScreenAction);
}

function hinted<Id extends ScreenId>(
	id: Id,
	state: ScreenTypesOf[Id]['state'],
	action: ScreenTypesOf[ScreenId]['action'],
	text: string,
): string | null {
	// The action is one of this screen.
	const { hint } = screens[id];
	return hint === undefined ? text : hint(state, action as ScreenTypesOf[Id]['action'], text);
}

function canMove<Id extends ScreenId>(id: Id, scene: ScreenScene<ScreenTypesOf[Id]>): boolean {
	return screens[id].canMove?.(scene) ?? true;
}

function clicked<Id extends ScreenId>(
	screen: Id,
	scene: ScreenScene<ScreenTypesOf[Id]>,
	line: number,
): ScreenAction<Id> | null {
	const action = screens[screen].clicked?.(scene, line) ?? null;
	return action === null ? null : { type: 'screen', screen, action };
}

function pendingIn<Id extends ScreenId>(
	screen: Id,
	scene: ScreenScene<ScreenTypesOf[Id]>,
): readonly Effect<Action>[] {
	return addressedTo(screen, screens[screen].pending?.(scene) ?? []);
}

function stepIn<Id extends ScreenId>(
	screen: Id,
	scene: ScreenScene<ScreenTypesOf[Id]>,
	action: MoveAction | ScreenTypesOf[Id]['action'],
) {
	const step = screens[screen].update(scene, action);
	return { ...step, effects: addressedTo(screen, step.effects) };
}

function sceneOf<Id extends ScreenId>(
	{ subject, size, keymap }: ExplorerState,
	id: Id,
	state: ScreenTypesOf[Id]['state'],
): ScreenScene<ScreenTypesOf[Id]> {
	return { state, subject, size, keyOf: keysIn(keymap, id) };
}
