import type { Action } from './action.ts';
import { type Effect, withAnswer } from './effect.ts';
import type { Filter } from './filter/filter.ts';
import type { ExplorerState } from './state.ts';
import type { CommonAction, Scene, ViewFrame } from './views/view.ts';
import { type TypesOf, type ViewAction, type ViewId, type ViewPane, views } from './views/views.ts';

/** What the view that is shown looks like. */
export function drawView(state: ExplorerState): ViewFrame {
	return views[state.view].frame(sceneOf(state, state.view));
}

/** The pane in which keys go where there is no overlay. */
export function focusOf({ view, views: states }: ExplorerState): ViewPane {
	return views[view].focus(states[view]);
}

/** The filter of the view that is shown. */
export function filterOf({ view, views: states }: ExplorerState): Filter {
	return views[view].filter(states[view]);
}

/** The state after an action of a view; the same state where the action does nothing. */
export function updateView<Id extends ViewId>(
	state: ExplorerState,
	view: Id,
	action: CommonAction | TypesOf[Id]['action'],
): ExplorerState {
	const step = views[view].update(sceneOf(state, view), action);
	if (step.state === state.views[view] && step.effects.length === 0) return state;
	return {
		...state,
		views: { ...state.views, [view]: step.state },
		effects: step.effects.map((effect) => answeringView(view, effect)),
	};
}

/** What is worth doing when the view comes on the screen, and for as long as it is not done. */
export function arrivalEffects(state: ExplorerState): readonly Effect<Action>[] {
	return effectsOf(state, state.view, 'arrive');
}

/** What of that is not done yet, whatever the user does. */
export function pendingEffects(state: ExplorerState): readonly Effect<Action>[] {
	return effectsOf(state, state.view, 'pending');
}

function effectsOf<Id extends ViewId>(
	state: ExplorerState,
	view: Id,
	when: 'arrive' | 'pending',
): readonly Effect<Action>[] {
	return views[view][when](sceneOf(state, view)).map((effect) => answeringView(view, effect));
}

function answeringView<Id extends ViewId>(
	view: Id,
	effect: Effect<TypesOf[Id]['action']>,
): Effect<ViewAction<Id>> {
	return withAnswer(effect, (action) => ({ type: 'view', view, action }));
}

function sceneOf<Id extends ViewId>(
	{ image, size, views: states, overlay }: ExplorerState,
	view: Id,
): Scene<TypesOf[Id]> {
	const layout = views[view].layout(size, image);
	return { state: states[view], image, size, layout, isFilterTyped: overlay?.kind === 'prompt' };
}
