import type { Size } from './layout.ts';
import type { OpenedImage } from './opened-image.ts';
import type { ReadingProgress } from './reading.ts';
import { arrivalEffects, pendingEffects } from './shown-view.ts';
import type { ExplorerState } from './state.ts';
import { type TypesOf, type ViewId, type ViewStates, viewIds, views } from './views/views.ts';

/** The explorer when it first shows an image. */
export function initialState(image: OpenedImage, size: Size): ExplorerState {
	const initial = <Id extends ViewId>(id: Id) => views[id].initial(image);
	return arrived({ image, size, view: viewIds[0], views: eachView(initial), overlay: null, effects: [] });
}

/** The explorer when more is known about the same image. The user stays where they are. */
export function withImage(state: ExplorerState, image: OpenedImage): ExplorerState {
	const change = { before: state.image, image };
	const follow = <Id extends ViewId>(id: Id) => views[id].follow(state.views[id], change);
	return arrived({ ...state, image, views: eachView(follow) });
}

/** The state with the progress of reading, while layers are being read. */
export function withProgress(state: ExplorerState, progress: ReadingProgress): ExplorerState {
	const { stage } = state.image;
	if (stage.kind !== 'reading') return state;
	return { ...state, image: { ...state.image, stage: { ...stage, progress } } };
}

function arrived(state: ExplorerState): ExplorerState {
	return { ...state, effects: [...arrivalEffects(state), ...pendingEffects(state)] };
}

function eachView(stateOf: <Id extends ViewId>(id: Id) => TypesOf[Id]['state']): ViewStates {
	return Object.fromEntries(viewIds.map((id) => [id, stateOf(id)])) as ViewStates;
}
