import type { DifferencePart } from '../../../diff/differing-parts.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import type { KnownDetails } from '../image-details.ts';
import { keymap } from '../keymap.ts';
import type { Size } from '../layout.ts';
import { hasSameNodes, type LayerReading, readingOf } from '../opened-image.ts';
import type { KnownPairDetails } from '../pair-details.ts';
import type { ReadingProgress } from '../reading.ts';
import { nothingRemembered } from '../remembered/remembered.ts';
import type { ExplorerState } from '../state.ts';
import type { Subject } from '../subject.ts';
import { type TypesOf, type ViewId, type ViewStates, views, viewsOf } from '../views/views.ts';
import { allPendingEffects } from './shown-screen.ts';
import { arrivalEffects, stateIn } from './shown-view.ts';

/** The explorer when it first shows an image, or what differs between two. */
export function initialState(
	subject: Subject,
	size: Size,
	choices: ExplorerChoices = defaultChoices,
): ExplorerState {
	const { remembered } = choices;
	const initial = <Id extends ViewId>(id: Id) => {
		const state: TypesOf[Id]['state'] = views[id].initial(subject as TypesOf[Id]['subject']);
		const choices = remembered.views[id];
		return choices === undefined ? state : views[id].remembering.withChoices(state, choices);
	};
	const view = firstView(subject);
	return arrived({
		subject,
		size,
		view,
		views: eachView(subject, initial),
		...nothingOpen,
		...choices,
		effects: [],
	});
}

/** What the user chose for the explorer as a whole. */
export type ExplorerChoices = Pick<ExplorerState, 'keymap' | 'isMouseOn' | 'remembered'>;

const defaultChoices: ExplorerChoices = { keymap, isMouseOn: true, remembered: nothingRemembered };

const nothingOpen = { prompt: null, screens: [], trail: [], message: null };

/** What is shown first of a subject. */
export function firstView(subject: Subject): ViewId {
	return subject.kind === 'image' ? viewsOf('image')[0] : viewOfPart[subject.start.part];
}

const viewOfPart: Readonly<Record<DifferencePart, ViewId>> = {
	files: 'changed-files',
	packages: 'package-changes',
	layers: 'aligned-layers',
	config: 'config-changes',
	figures: 'figures',
};

/** The explorer when more is known about the same subject. The user stays where they are. */
export function withSubject(state: ExplorerState, subject: Subject): ExplorerState {
	const follow = <Id extends ViewId>(id: Id) => {
		const change = {
			before: state.subject as TypesOf[Id]['subject'],
			subject: subject as TypesOf[Id]['subject'],
		};
		return views[id].follow(stateIn(state, id), change);
	};
	// The nodes that earlier places hold may have other numbers now.
	const followed = { ...state, subject, views: eachView(subject, follow), trail: [] };
	const before = state.subject;
	if (before.kind !== 'image' || subject.kind !== 'image' || hasSameNodes(before, subject))
		return arrived(followed);
	return arrived({
		...followed,
		screens: state.screens.filter(({ id }) => id === 'help' || id === 'palette'),
	});
}

/** The state with the progress of reading, while layers are being read. */
export function withProgress(
	state: ExplorerState,
	progress: ReadingProgress,
	elapsedSeconds = 0,
): ExplorerState {
	const { subject } = state;
	if (subject.kind !== 'image' || subject.stage.kind !== 'reading') return state;
	return { ...state, subject: { ...subject, stage: { ...subject.stage, progress, elapsedSeconds } } };
}

/** The state with how far each layer is read. A layer that could not be read a second time is said. */
export function withLayers(state: ExplorerState, layers: readonly LayerReading[]): ExplorerState {
	const { subject } = state;
	if (subject.kind !== 'image') return state;
	const next = { ...state, subject: { ...subject, stage: { ...subject.stage, layers } } };
	const failed = layers.findIndex(
		({ kind }, layer) => kind === 'failed' && readingOf(subject, layer).kind !== 'failed',
	);
	const reading = layers[failed];
	if (reading?.kind !== 'failed') return next;
	return { ...next, message: escapeForTerminal(`Layer ${failed + 1} cannot be read: ${reading.reason}`) };
}

/** The state with details of the image that have become known, or failed. */
export function withDetails(state: ExplorerState, details: Partial<KnownDetails>): ExplorerState {
	const { subject } = state;
	if (subject.kind !== 'image') return state;
	return { ...state, subject: { ...subject, details: { ...subject.details, ...details } } };
}

/** The state with what of two images has become known, or failed. */
export function withPairDetails(state: ExplorerState, details: Partial<KnownPairDetails>): ExplorerState {
	const { subject } = state;
	if (subject.kind !== 'difference') return state;
	return { ...state, subject: { ...subject, details: { ...subject.details, ...details } } };
}

function arrived(state: ExplorerState): ExplorerState {
	return { ...state, effects: [...arrivalEffects(state), ...allPendingEffects(state)] };
}

function eachView(
	{ kind }: Subject,
	stateOf: <Id extends ViewId>(id: Id) => TypesOf[Id]['state'],
): ViewStates {
	return Object.fromEntries(viewsOf(kind).map((id) => [id, stateOf(id)]));
}
