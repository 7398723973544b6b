import type { Action } from './action.ts';
import { type Effect, withAnswer } from './effect.ts';
import { type Filter, noFilter } from './filter/filter.ts';
import type { ExplorerState } from './state.ts';
import type { CommonAction, Scene, ViewFrame, ViewTab } from './views/view.ts';
import { type TypesOf, type ViewAction, type ViewId, type ViewPane, views } from './views/views.ts';

/** The frame of the current view. */
export function drawView(state: ExplorerState): ViewFrame {
	return draw(state, state.view);
}

/** The pane that has the keys if there is no overlay. */
export function focusOf(state: ExplorerState): ViewPane {
	const { view } = state;
	return focusIn(view, stateIn(state, view));
}

/** The filter of the current view. */
export function filterOf(state: ExplorerState): Filter {
	return filterIn(state.view, stateIn(state, state.view));
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

/** The state after an action of a view; the same state if the action does nothing. */
export function updateView(
	state: ExplorerState,
	view: ViewId,
	action: CommonAction | ViewAction['action'],
): ExplorerState {
	const step = stepIn(state, view, action);
	if (step.state === state.views[view] && step.effects.length === 0) return state;
	return { ...state, views: { ...state.views, [view]: step.state }, effects: step.effects };
}

/** What the current view asks for when the image is first shown. */
export function arrivalEffects(state: ExplorerState): readonly Effect<Action>[] {
	return effectsIn(state, state.view, 'arrive');
}

/** What the current view asks for with every action until it is answered. */
export function pendingEffects(state: ExplorerState): readonly Effect<Action>[] {
	return effectsIn(state, state.view, 'pending');
}

// The functions below are generic in the view, so that the compiler keeps the state, scene and actions of one view together.

function draw<Id extends ViewId>(state: ExplorerState, view: Id): ViewFrame {
	return views[view].frame(sceneOf(state, view));
}

function focusIn<Id extends ViewId>(view: Id, state: TypesOf[Id]['state']): TypesOf[Id]['pane'] {
	return views[view].focus(state);
}

function filterIn<Id extends ViewId>(view: Id, state: TypesOf[Id]['state']): Filter {
	return views[view].filter?.(state) ?? noFilter;
}

function stepIn<Id extends ViewId>(
	state: ExplorerState,
	view: Id,
	action: CommonAction | TypesOf[Id]['action'],
): { readonly state: TypesOf[Id]['state']; readonly effects: readonly Effect<ViewAction<Id>>[] } {
	const step = views[view].update(sceneOf(state, view), action);
	return { state: step.state, effects: answeringView(view, step.effects) };
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
	const { size, overlay } = state;
	// Only views of its kind have a state.
	const subject = state.subject as TypesOf[Id]['subject'];
	const layout = views[view].layout(size, subject);
	return {
		state: stateIn(state, view),
		subject,
		size,
		layout,
		isFilterTyped: overlay?.kind === 'prompt',
	};
}
