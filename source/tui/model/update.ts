import type { Action } from './action.ts';
import type { TerminalEffect } from './effect.ts';
import { scrollHelp } from './overlays/help.ts';
import type { PromptOverlay } from './overlays/prompt.ts';
import { filterOf, pendingEffects, updateView } from './shown-view.ts';
import type { ExplorerState } from './state.ts';
import { editText, type TextEdit, textInput } from './text-input.ts';
import { viewsOf } from './views/views.ts';

/**
 * The state after an action; the same state if the action changes nothing. Pure: `effects` says what to do outside the model.
 */
export function update(state: ExplorerState, action: Action): ExplorerState {
	const before = state.effects.length === 0 ? state : { ...state, effects: [] };
	const next = apply(before, action);
	if (next === before) return state;
	return { ...next, effects: [...next.effects, ...pendingEffects(next)] };
}

function apply(state: ExplorerState, action: Action): ExplorerState {
	switch (action.type) {
		case 'move':
			if (state.overlay?.kind !== 'help') return updateView(state, state.view, action);
			return {
				...state,
				overlay: scrollHelp(state.overlay, { size: state.size, kind: state.subject.kind }, action),
			};
		case 'focus-next':
			return { ...updateView(state, state.view, action), overlay: null };
		case 'view':
			return updateView(state, action.view, action.action);
		case 'open-prompt': {
			const input = textInput(filterOf(state).text);
			return {
				...updateView(state, state.view, { type: 'focus-filtered' }),
				overlay: { kind: 'prompt', input },
			};
		}
		case 'edit-prompt':
			return state.overlay?.kind === 'prompt' ? editPrompt(state, state.overlay, action.edit) : state;
		case 'keep-filter':
			return { ...state, overlay: null };
		case 'show-view':
			return { ...state, view: action.view };
		case 'step-out': {
			const inner = updateView(state, state.view, action);
			const [first] = viewsOf(state.subject.kind);
			return inner !== state || state.view === first ? inner : { ...state, view: first };
		}
		case 'clear-filter':
			return { ...updateView(state, state.view, { type: 'filter', text: '' }), overlay: null };
		case 'toggle-help':
			return { ...state, overlay: state.overlay?.kind === 'help' ? null : { kind: 'help', top: 0 } };
		case 'resize':
			return { ...state, size: action.size };
		case 'leave':
		case 'suspend':
		case 'repaint':
			return { ...state, effects: [action] };
	}
}

/** Whether an action is about the terminal alone, so that it means the same whatever is on the screen. */
export function isTerminalAction(action: Action): action is TerminalEffect {
	return action.type === 'leave' || action.type === 'suspend' || action.type === 'repaint';
}

function editPrompt(state: ExplorerState, { input }: PromptOverlay, edit: TextEdit): ExplorerState {
	const edited = editText(input, edit);
	const next: ExplorerState = { ...state, overlay: { kind: 'prompt', input: edited } };
	return edited.text === input.text
		? next
		: updateView(next, next.view, { type: 'filter', text: edited.text });
}
