import type { Action } from '../action.ts';
import type { Effect } from '../effects/effect.ts';
import type { KeyBinding } from '../key-binding.ts';
import { openAbout } from '../screens/about/about-screen.ts';
import { openExtract } from '../screens/extract/extract-screen.ts';
import { canCompare, openFile, startComparing } from '../screens/file/reading.ts';
import { hasVersions } from '../screens/file/versions.ts';
import { openHistory } from '../screens/history/history-screen.ts';
import type { PathOpening, PathScreenId } from '../screens/screen.ts';
import type { OpenScreen, ScreenId, ScreenTypesOf } from '../screens/screens.ts';
import type { ExplorerState } from '../state.ts';
import { addressedTo } from './screen-effects.ts';
import { selectionOf } from './shown-view.ts';

/** Opens a screen on a path. Where there is nothing to be shown, the status line says why. */
export function openPath(state: ExplorerState, { screen, place }: PathOpening): ExplorerState {
	const { subject } = state;
	if (subject.kind === 'image' && subject.stage.kind === 'reading')
		return { ...state, message: 'The image is still being read.' };
	switch (screen) {
		case 'file': {
			const opened = openFile(subject.tree, place, state.remembered.isWrapped ?? false);
			if (opened === null) return { ...state, message: 'This is a folder, which has no content.' };
			if (subject.kind === 'image' || !canCompare(opened.state)) return withScreen(state, 'file', opened);
			const compared = startComparing(subject.tree, opened.state);
			const effects = [...opened.effects, ...compared.effects];
			return withScreen(state, 'file', { state: compared.state, effects });
		}
		case 'history': {
			if (subject.kind !== 'image')
				return { ...state, message: 'A history is of one image: fathom IMAGE shows it.' };
			const opened = openHistory(subject.tree, place);
			if (opened === null) return { ...state, message: 'No layer has an entry for this folder.' };
			return withScreen(state, 'history', { state: opened, effects: [] });
		}
		case 'about':
			return withScreen(state, 'about', openAbout(subject, place));
		case 'extract':
			if (subject.kind !== 'image')
				return { ...state, message: 'Files are extracted from one image: fathom IMAGE.' };
			return withScreen(state, 'extract', { state: openExtract(place), effects: [] });
	}
}

/** Opens a screen on what the cursor is on. */
export function openSelected(state: ExplorerState, screen: PathScreenId): ExplorerState {
	const { place, noPlace } = selectionOf(state);
	if (place === null) return { ...state, message: noPlace ?? 'There is no file under the cursor.' };
	return openPath(state, { screen, place });
}

/** What a row of the table of keys does in this state: what shows files does something else where the cursor is on none. Null for no row. */
export function boundAction(
	state: ExplorerState,
	row: Pick<KeyBinding<Action, string>, 'opensFile' | 'action'> | undefined,
): Action | null {
	if (row === undefined) return null;
	return row.opensFile && isOnFile(state) ? { type: 'open-path', screen: 'file' } : row.action;
}

/** Whether the cursor of the view is on a path that is no folder. */
function isOnFile(state: ExplorerState): boolean {
	const { place } = selectionOf(state);
	return place !== null && hasVersions(state.subject.tree, place.node);
}

interface Opened<Id extends ScreenId> {
	readonly state: ScreenTypesOf[Id]['state'];
	readonly effects: readonly Effect<ScreenTypesOf[Id]['action']>[];
}

/** The state with a screen on top, of which there is only one. */
function withScreen<Id extends ScreenId>(state: ExplorerState, id: Id, opened: Opened<Id>): ExplorerState {
	const others = state.screens.filter((screen) => screen.id !== id);
	const effects: readonly Effect<Action>[] = addressedTo(id, opened.effects);
	return {
		...state,
		screens: [...others, { id, state: opened.state } as OpenScreen],
		effects: [...state.effects, ...effects],
	};
}
