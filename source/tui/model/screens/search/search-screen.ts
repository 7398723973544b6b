import { shownPath } from '../../frame/names.ts';
import { moveInList, topOf } from '../../list-window.ts';
import { editText, textInput } from '../../prompt/text-input.ts';
import type { Screen, ScreenStep } from '../screen.ts';
import { exportedChanges } from './exported-changes.ts';
import { layerSearch, searchOrders } from './layer-search.ts';
import { searchFrame } from './search-frame.ts';
import { SEARCH_TITLE, searchKeys } from './search-keys.ts';
import { ROWS_ABOVE, rowAt, searchList } from './search-list.ts';
import type { SearchAction, SearchScene, SearchState, SearchTypes } from './search-types.ts';

/** What any layer did to what a filter finds, paths that are gone included. */
export const searchScreen: Screen<SearchTypes> = {
	title: SEARCH_TITLE,
	keys: searchKeys,
	typed: ({ isTyped }, text) => (isTyped ? { type: 'edit', edit: { type: 'insert', text } } : null),
	clicked: (scene, line) => {
		const { view } = searchList(scene);
		const row = line - ROWS_ABOVE;
		const index = topOf(view) + row;
		return row < 0 || row >= view.height || index >= view.total ? null : { type: 'choose', index, line: row };
	},
	update: (scene, action) => {
		const { state } = scene;
		if (action.type !== 'move') return updated(scene, action);
		const { index, line } = moveInList(searchList(scene).view, action.step, action.direction);
		return { state: { ...state, index, line }, effects: [] };
	},
	frame: searchFrame,
	pending: ({ state, subject }) => {
		const search = layerSearch(subject, state.input.text);
		if (search.result !== null) return [];
		return [{ type: 'prepare-list', steps: search.prepare(), done: { type: 'searched' } }];
	},
};

/** The search with a text; without one it is typed first. */
export function openSearch(text: string): SearchState {
	return { input: textInput(text), isTyped: text === '', index: 0, line: 0, order: 0, isReversed: false };
}

function updated(scene: SearchScene, action: SearchAction): ScreenStep<SearchTypes> {
	const { state } = scene;
	const stay = (next: SearchState): ScreenStep<SearchTypes> => ({ state: next, effects: [] });
	switch (action.type) {
		case 'edit':
			return state.isTyped ? stay(edited(state, action.edit)) : stay(state);
		case 'edit-text':
			return stay({ ...state, isTyped: true });
		case 'choose':
			return action.index === state.index && !state.isTyped
				? goThere(scene)
				: stay({ ...state, isTyped: false, index: action.index, line: action.line });
		case 'confirm':
			return state.isTyped ? stay({ ...state, isTyped: false }) : goThere(scene);
		case 'next-order':
			return stay({
				...state,
				order: (state.order + 1) % searchOrders.length,
				isReversed: false,
				index: 0,
				line: 0,
			});
		case 'reverse-order':
			return stay({ ...state, isReversed: !state.isReversed, index: 0, line: 0 });
		case 'open':
			return opened(scene, action);
		case 'export':
			return { state, effects: [], ...exported(scene) };
		case 'copy-name':
			return { state, effects: [], ...copied(scene) };
		case 'searched':
			// What is shown is another thing now.
			return stay({ ...state });
		case 'close':
			return state.isTyped && state.input.text !== '' ? stay({ ...state, isTyped: false }) : close();
	}
}

function close(): ScreenStep<SearchTypes> {
	return { state: null, effects: [] };
}

function edited(state: SearchState, edit: Parameters<typeof editText>[1]): SearchState {
	const input = editText(state.input, edit);
	return input.text === state.input.text ? { ...state, input } : { ...state, input, index: 0, line: 0 };
}

function goThere(scene: SearchScene): ScreenStep<SearchTypes> {
	const place = placeOf(scene);
	if (place === null) return { state: scene.state, effects: [], message: 'There is nothing to go to.' };
	return { state: null, effects: [], goTo: place };
}

/** While a text is typed, the key to the right moves in it. */
function opened(
	scene: SearchScene,
	{ screen }: Extract<SearchAction, { readonly type: 'open' }>,
): ScreenStep<SearchTypes> {
	const { state } = scene;
	if (state.isTyped) return { state: edited(state, { type: 'right' }), effects: [] };
	const place = placeOf(scene);
	if (place === null) return { state, effects: [], message: 'There is no file under the cursor.' };
	return { state, effects: [], open: { screen, place } };
}

function exported(scene: SearchScene): Pick<ScreenStep<SearchTypes>, 'exports' | 'message'> {
	return searchList(scene).view.total === 0
		? { message: 'There is nothing to export.' }
		: { exports: exportedChanges(scene) };
}

function copied(scene: SearchScene): Pick<ScreenStep<SearchTypes>, 'copies' | 'message'> {
	const place = placeOf(scene);
	return place === null
		? { message: 'There is nothing to copy here.' }
		: { copies: shownPath(scene.subject.tree, place.node) };
}

function placeOf(scene: SearchScene) {
	const list = searchList(scene);
	if (list.view.total === 0) return null;
	const { node, change } = rowAt(scene, list, list.view.index);
	return { node, layer: scene.subject.tree.changeLayers[change] };
}
