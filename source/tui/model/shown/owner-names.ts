import { parseFilter } from '../../../filter/terms/parse-filter.ts';
import { hasOwnerNames } from '../../../filter/terms/resolve-owners.ts';
import type { Action } from '../action.ts';
import type { Effect } from '../effects/effect.ts';
import type { ExplorerServicesAnswers } from '../effects/requests.ts';
import type { ExplorerState } from '../state.ts';
import { filterOf, paneAreasOf, updateView } from './shown-view.ts';

/** Asks for the names of owners once they are to be seen, or a filter has one in it. */
export function ownerEffects(state: ExplorerState): readonly Effect<Action>[] {
	const { subject } = state;
	if (subject.kind !== 'image' || subject.stage.kind !== 'complete') return [];
	if (subject.details.owners.kind !== 'waiting' || !areNeeded(state)) return [];
	return [
		{
			type: 'request',
			kind: 'read-owners',
			topic: 'owners',
			ask: {},
			answered: (answer) => ({ type: 'owners-read', answer }),
		},
	];
}

function areNeeded(state: ExplorerState): boolean {
	const screen = state.screens.at(-1);
	if (screen !== undefined)
		return screen.id === 'about' || (screen.id === 'search' && namesOwner(screen.state.input.text));
	if (state.view !== 'layers') return false;
	return paneAreasOf(state).some(({ pane }) => pane === 'file details') || namesOwner(filterOf(state).text);
}

function namesOwner(text: string): boolean {
	if (!text.includes('owner:')) return false;
	const parsed = parseFilter(text);
	return parsed.ok && hasOwnerNames(parsed.terms);
}

/** The state with the names, and with what a filter finds that has one in it. */
export function withOwnerNames(
	state: ExplorerState,
	answer: ExplorerServicesAnswers['read-owners'],
): ExplorerState {
	const { subject } = state;
	if (subject.kind !== 'image') return state;
	const owners =
		answer.kind === 'known'
			? ({ kind: 'known', value: answer.names } as const)
			: ({ kind: 'failed', reason: answer.reason } as const);
	const next: ExplorerState = { ...state, subject: { ...subject, details: { ...subject.details, owners } } };
	const text = state.views.layers?.filter.text ?? '';
	return namesOwner(text) ? updateView(next, 'layers', { type: 'filter', text }) : next;
}
