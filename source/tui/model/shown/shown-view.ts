import type { Action } from '../action.ts';
import { keysIn } from '../bindings/key-labels.ts';
import { type Effect, withAnswer } from '../effects/effect.ts';
import type { ExportedTable } from '../effects/exported-table.ts';
import type { TypedFilter } from '../filter/typed-filter.ts';
import type { PaneArea } from '../pointing/pane-area.ts';
import { rememberChoices } from '../remembered/remembered.ts';
import type { ExplorerState } from '../state.ts';
import type { CommonAction, FilePlace, Scene, Selection, ViewFrame, ViewTab } from '../views/view.ts';
import { type TypesOf, type ViewAction, type ViewId, type ViewPane, views } from '../views/views.ts';

/** The frame of the current view. */
export function drawView(state: ExplorerState): ViewFrame {
	return draw(state, state.view);
}

/** Where the panes of the current view are. */
export function paneAreasOf(state: ExplorerState): readonly PaneArea[] {
	return areasIn(state, state.view);
}

/** The pane that has the keys if there is no overlay. */
export function focusOf(state: ExplorerState): ViewPane {
	const { view } = state;
	return focusIn(view, stateIn(state, view));
}

/** The filter of the current view. */
export function filterOf(state: ExplorerState): TypedFilter {
	return filterIn(state.view, stateIn(state, state.view));
}

/** What the cursor of the current view is on. */
export function selectionOf(state: ExplorerState): Selection {
	return selectionIn(state, state.view);
}

/** What the current view shows, for a file. */
export function exportedOf(state: ExplorerState): ExportedTable {
	return exportedIn(state, state.view);
}

/** The state of a view. Throws `TypeError` for a view of another kind of subject. */
export function stateIn<Id extends ViewId>({ views: states }: ExplorerState, view: Id): TypesOf[Id]['state'] {
	const state = states[view];
	if (state === undefined) throw new TypeError(`There is no view ${view} of what is shown.`);
	return state;
}

/** What a view is called, and how much is in it. */
export function tabOf<Id extends ViewId>({ subject }: ExplorerState, view: Id): ViewTab {
	return views[view].tab(subject as TypesOf[Id]['subject']);
}

/** The state after an action of a view, and where the user goes from there; the same state if the action does nothing. */
export function stepOfView(
	state: ExplorerState,
	view: ViewId,
	action: CommonAction | ViewAction['action'],
): { readonly next: ExplorerState; readonly goTo: FilePlace | null } {
	const step = stepIn(state, view, action);
	const { goTo, message } = step;
	if (step.state === state.views[view] && step.effects.length === 0 && message === null)
		return { next: state, goTo };
	const next = {
		...state,
		views: { ...state.views, [view]: step.state },
		remembered: rememberedAfter(state, view, { action: action.type, after: step.state }),
		effects: step.effects,
		message: message ?? state.message,
	};
	return { next, goTo };
}

/** The same for an action that leads nowhere else. */
export function updateView(
	state: ExplorerState,
	view: ViewId,
	action: CommonAction | ViewAction['action'],
): ExplorerState {
	return stepOfView(state, view, action).next;
}

/** What the current view asks for when the image is first shown. */
export function arrivalEffects(state: ExplorerState): readonly Effect<Action>[] {
	return effectsIn(state, state.view, 'arrive');
}

/** What the current view asks for with every action until it is answered. */
export function pendingEffects(state: ExplorerState): readonly Effect<Action>[] {
	return effectsIn(state, state.view, 'pending');
}

function rememberedAfter<Id extends ViewId>(
	state: ExplorerState,
	view: Id,
	{ action, after }: { readonly action: string; readonly after: TypesOf[Id]['state'] },
): ExplorerState['remembered'] {
	const { actions, choicesOf } = views[view].remembering;
	if (!actions.includes(action)) return state.remembered;
	return rememberChoices(state.remembered, view, choicesOf(stateIn(state, view)), choicesOf(after));
}

// The functions below are generic in the view, so that the compiler keeps the state, scene and actions of one view together.

function draw<Id extends ViewId>(state: ExplorerState, view: Id): ViewFrame {
	return views[view].frame(sceneOf(state, view));
}

function areasIn<Id extends ViewId>(state: ExplorerState, view: Id): readonly PaneArea[] {
	return views[view].paneAreas(sceneOf(state, view));
}

function selectionIn<Id extends ViewId>(state: ExplorerState, view: Id): Selection {
	return views[view].selection(sceneOf(state, view));
}

function exportedIn<Id extends ViewId>(state: ExplorerState, view: Id): ExportedTable {
	return views[view].exported(sceneOf(state, view));
}

function focusIn<Id extends ViewId>(view: Id, state: TypesOf[Id]['state']): TypesOf[Id]['pane'] {
	return views[view].focus(state);
}

function filterIn<Id extends ViewId>(view: Id, state: TypesOf[Id]['state']): TypedFilter {
	return views[view].filter(state);
}

function stepIn<Id extends ViewId>(
	state: ExplorerState,
	view: Id,
	action: CommonAction | TypesOf[Id]['action'],
): {
	readonly state: TypesOf[Id]['state'];
	readonly effects: readonly Effect<ViewAction<Id>>[];
	readonly goTo: FilePlace | null;
	readonly message: string | null;
} {
	const step = views[view].update(sceneOf(state, view), action);
	const { goTo = null, message = null } = step;
	return { state: step.state, effects: answeringView(view, step.effects), goTo, message };
}

function effectsIn<Id extends ViewId>(
	state: ExplorerState,
	view: Id,
	when: 'arrive' | 'pending',
): readonly Effect<ViewAction<Id>>[] {
	return answeringView(view, views[view][when](sceneOf(state, view)));
}

/** The effects of a view, with answers addressed to that view. */
function answeringView<Id extends ViewId>(
	view: Id,
	effects: readonly Effect<TypesOf[Id]['action']>[],
): readonly Effect<ViewAction<Id>>[] {
	return effects.map((effect) => withAnswer(effect, (action) => ({ type: 'view', view, action })));
}

function sceneOf<Id extends ViewId>(state: ExplorerState, view: Id): Scene<TypesOf[Id]> {
	const { size, prompt } = state;
	// Only views of its kind have a state.
	const subject = state.subject as TypesOf[Id]['subject'];
	const layout = views[view].layout(size, subject);
	return {
		state: stateIn(state, view),
		subject,
		size,
		layout,
		isFilterTyped: prompt !== null,
		keyOf: keysIn(state.keymap, focusIn(view, stateIn(state, view))),
	};
}
