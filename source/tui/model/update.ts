import type { Action } from './action.ts';
import { paneOrder } from './layout.ts';
import type { ExplorerState } from './state.ts';
import { otherScope, withFilter } from './state.ts';
import { editText, textInput } from './text-input.ts';
import { goIn, goOut, toggleFold } from './update-folds.ts';
import { moveCursor } from './update-move.ts';

/** The state after an action. Pure: what is to be done outside of the model is in `effects`. */
export function update(state: ExplorerState, action: Action): ExplorerState {
	return apply(state.effects.length === 0 ? state : { ...state, effects: [] }, action);
}

function apply(state: ExplorerState, action: Action): ExplorerState {
	switch (action.type) {
		case 'move':
			return moveCursor(state, action.step, action.direction);
		case 'go-in':
			return goIn(state);
		case 'go-out':
			return goOut(state);
		case 'toggle-fold':
			return toggleFold(state);
		case 'focus-next':
			return focusNext(state, action.direction);
		case 'show-files':
			return { ...state, focus: 'files' };
		case 'toggle-scope':
			return { ...state, scope: otherScope(state.scope) };
		case 'toggle-order':
			return { ...state, order: state.order === 'name' ? 'size' : 'name' };
		case 'toggle-unchanged':
			return { ...state, hideUnchanged: !state.hideUnchanged };
		case 'open-prompt':
			return openPrompt(state);
		case 'edit-prompt': {
			if (state.prompt === null) return state;
			const prompt = editText(state.prompt, action.edit);
			const edited = { ...state, prompt };
			return prompt.text === state.prompt.text ? edited : withFilter(edited, prompt.text);
		}
		case 'keep-filter':
			return { ...state, prompt: null };
		case 'clear-filter':
			return { ...withFilter(state, ''), prompt: null };
		case 'toggle-help':
			return { ...state, helpOpen: !state.helpOpen, tops: { ...state.tops, help: 0 } };
		case 'resize':
			return { ...state, size: action.size };
		case 'leave':
			return { ...state, effects: [{ type: 'leave' }] };
	}
}

function openPrompt(state: ExplorerState): ExplorerState {
	return { ...state, prompt: textInput(state.filter.text), focus: 'files' };
}

function focusNext(state: ExplorerState, direction: 1 | -1): ExplorerState {
	const index = paneOrder.indexOf(state.focus) + direction + paneOrder.length;
	return { ...state, focus: paneOrder[index % paneOrder.length], prompt: null };
}
