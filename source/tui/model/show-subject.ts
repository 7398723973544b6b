import type { Size } from './layout.ts';
import type { ReadingProgress } from './reading.ts';
import { arrivalEffects, pendingEffects, stateIn } from './shown-view.ts';
import type { ExplorerState } from './state.ts';
import type { Subject } from './subject.ts';
import { type TypesOf, type ViewId, type ViewStates, views, viewsOf } from './views/views.ts';

/** The explorer when it first shows an image, or what differs between two. */
export function initialState(subject: Subject, size: Size): ExplorerState {
	const initial = <Id extends ViewId>(id: Id) => views[id].initial(subject as TypesOf[Id]['subject']);
	const [view] = viewsOf(subject.kind);
	return arrived({ subject, size, view, views: eachView(subject, initial), overlay: null, effects: [] });
}

/** The explorer when more is known about the same subject. The user stays where they are. */
export function withSubject(state: ExplorerState, subject: Subject): ExplorerState {
	const follow = <Id extends ViewId>(id: Id) => {
		const change = {
			before: state.subject as TypesOf[Id]['subject'],
			subject: subject as TypesOf[Id]['subject'],
		};
		return views[id].follow(stateIn(state, id), change);
	};
	return arrived({ ...state, subject, views: eachView(subject, follow) });
}

/** The state with the progress of reading, while layers are being read. */
export function withProgress(state: ExplorerState, progress: ReadingProgress): ExplorerState {
	const { subject } = state;
	if (subject.kind !== 'image' || subject.stage.kind !== 'reading') return state;
	return { ...state, subject: { ...subject, stage: { ...subject.stage, progress } } };
}

function arrived(state: ExplorerState): ExplorerState {
	return { ...state, effects: [...arrivalEffects(state), ...pendingEffects(state)] };
}

function eachView(
	{ kind }: Subject,
	stateOf: <Id extends ViewId>(id: Id) => TypesOf[Id]['state'],
): ViewStates {
	return Object.fromEntries(viewsOf(kind).map((id) => [id, stateOf(id)]));
}
