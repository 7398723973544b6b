import type { ExplorerState, Place } from '../state.ts';
import type { FilePlace } from '../views/view.ts';
import { pendingEffects, updateView } from './shown-view.ts';

/** More jumps back than anybody makes. */
const MAXIMUM_TRAIL = 100;

/** Where the explorer begins, and what is said of it. */
export interface ExplorerStart {
	/** Null to stay. */
	readonly place: FilePlace | null;
	/** What the status line says, safe for a terminal; null for nothing. */
	readonly message: string | null;
}

/** The state at the place where the user asked to begin: no jump, so that nothing is left to go back to. */
export function startAt(state: ExplorerState, { place, message }: ExplorerStart): ExplorerState {
	const { trail } = state;
	const there = place === null ? state : goTo(state, place);
	return { ...there, trail, message, effects: [...there.effects, ...pendingEffects(there)] };
}

/** Goes to a path of the image, with all screens closed. */
export function goTo(state: ExplorerState, { node, layer }: FilePlace): ExplorerState {
	if (state.subject.kind !== 'image') {
		const there: ExplorerState = { ...withTrace(state), view: 'changed-files', screens: [] };
		return updateView(there, 'changed-files', { type: 'show-node', node });
	}
	const jumped: ExplorerState = { ...withTrace(state), view: 'layers', screens: [] };
	return updateView(jumped, 'layers', { type: 'show-node', node, layer });
}

/** The state with the place where the user is on the trail, to be called before a jump. */
export function withTrace(state: ExplorerState): ExplorerState {
	const { view, views, screens } = state;
	return { ...state, trail: [...state.trail, { view, views, screens }].slice(-MAXIMUM_TRAIL) };
}

/** Goes back to where the user was before the last jump; the same state where there was none. */
export function goBack(state: ExplorerState): ExplorerState {
	const place: Place | undefined = state.trail.at(-1);
	return place === undefined ? state : { ...state, ...place, trail: state.trail.slice(0, -1) };
}
