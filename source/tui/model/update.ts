import type { Action, CopiedPart } from './action.ts';
import { keysIn } from './bindings/key-labels.ts';
import { commandLineOf } from './command-line.ts';
import { copyText } from './effects/copy-text.ts';
import type { Effect, TerminalEffect } from './effects/effect.ts';
import { noUsableFilter, type Prompt } from './prompt/prompt.ts';
import { editText, type TextEdit, textInput } from './prompt/text-input.ts';
import { openExport } from './screens/export/export-screen.ts';
import { helpSections } from './screens/help/help-sections.ts';
import { paletteEntries } from './screens/palette/palette-entries.ts';
import { openSearch } from './screens/search/search-screen.ts';
import { goBack, goTo } from './shown/go-to.ts';
import { boundAction, openSelected } from './shown/open-path.ts';
import { withOwnerNames } from './shown/owner-names.ts';
import { topicOf } from './shown/screen-effects.ts';
import { allPendingEffects, stepOfScreen, topScreen } from './shown/shown-screen.ts';
import { exportedOf, filterOf, focusOf, selectionOf, stepOfView, updateView } from './shown/shown-view.ts';
import type { ExplorerState } from './state.ts';
import { views, viewsOf } from './views/views.ts';

/**
 * The state after an action; the same state if the action changes nothing. Pure: `effects` says what to do outside the model.
 */
export function update(state: ExplorerState, action: Action): ExplorerState {
	const isQuiet = state.effects.length === 0 && state.message === null;
	const before = isQuiet ? state : { ...state, effects: [], message: null };
	const next = apply(before, action);
	if (next === before) return state.message === null ? state : before;
	return { ...next, effects: [...closingEffects(before, next), ...next.effects, ...allPendingEffects(next)] };
}

/** Stops what screens asked for that are closed. */
function closingEffects(before: ExplorerState, next: ExplorerState): ExplorerState['effects'] {
	if (before.screens === next.screens) return [];
	return before.screens
		.filter(({ id }) => !next.screens.some((screen) => screen.id === id))
		.map(({ id }) => ({ type: 'drop', topic: topicOf(id) }));
}

function apply(state: ExplorerState, action: Action): ExplorerState {
	switch (action.type) {
		case 'move': {
			const screen = topScreen(state);
			return screen === null ? ofView(state, state.view, action) : ofScreen(state, screen.id, action);
		}
		case 'focus-next':
			return { ...updateView(state, state.view, action), prompt: null };
		case 'point':
			return updateView(state, state.view, action);
		case 'view':
			return ofView(state, action.view, action.action);
		case 'screen':
			return ofScreen(state, action.screen, action.action);
		case 'open-prompt':
			return withPrompt(state);
		case 'edit-prompt':
			return state.prompt === null ? state : editPrompt(state, state.prompt, action.edit);
		case 'keep-filter':
			return keepFilter(state);
		case 'show-view':
			return { ...state, view: action.view };
		case 'step-out':
			return stepOut(state);
		case 'clear-filter':
			return { ...updateView(state, state.view, { type: 'filter', text: '' }), prompt: null };
		case 'toggle-term':
			return updateView(state, state.view, {
				type: 'filter',
				text: toggleTerm(filterOf(state).text, action.term),
			});
		case 'open-help': {
			const own = { sections: helpSections(state.keymap, state.subject.kind, state.view), top: 0 };
			return { ...state, screens: [...state.screens, { id: 'help', state: own }] };
		}
		case 'open-palette': {
			const entries = paletteEntries(state.keymap, focusOf(state));
			const own = { entries, input: textInput(''), index: 0, line: 0 };
			return { ...state, screens: [...state.screens, { id: 'palette', state: own }] };
		}
		case 'open-search': {
			const own = openSearch(filterOf(state).text);
			return { ...state, screens: [...state.screens, { id: 'search', state: own }] };
		}
		case 'open-export': {
			if (state.subject.kind === 'image' && state.subject.stage.kind !== 'complete')
				return { ...state, message: 'The image is still being read.' };
			const own = openExport(exportedOf(state), state.subject);
			return { ...state, screens: [...state.screens, { id: 'export', state: own }] };
		}
		case 'open-screen':
			return { ...state, screens: [...state.screens, action.screen] };
		case 'open-path':
			return openSelected(state, action.screen);
		case 'go-back':
			return state.trail.length === 0
				? { ...state, message: 'There is no jump to go back from.' }
				: goBack(state);
		case 'copy':
			return copy(state, action.what);
		case 'copied':
			return { ...state, message: copiedMessage(action) };
		case 'owners-read':
			return withOwnerNames(state, action.answer);
		case 'pick-image':
		case 'mark-image':
			return { ...state, effects: [requestOf(state, action.type)] };
		case 'said':
			return action.message === null ? state : { ...state, message: action.message };
		case 'unknown-key':
			return { ...state, message: `${action.label} does nothing here. ${helpKey(state)} shows all keys.` };
		case 'toggle-mouse':
			return toggleMouse(state);
		case 'resize':
			return { ...state, size: action.size };
		// It means nothing in the explorer.
		case 'home':
			return state;
		case 'leave':
		case 'suspend':
		case 'repaint':
			return { ...state, effects: [action] };
	}
}

/** What is typed is mended rather than left where it is no filter, as it would find everything. */
function keepFilter(state: ExplorerState): ExplorerState {
	const { problem } = filterOf(state);
	if (problem !== null) return { ...state, message: noUsableFilter(problem) };
	return { ...updateView(state, state.view, { type: 'filter-kept' }), prompt: null };
}

function helpKey({ keymap, view }: ExplorerState): string {
	return keysIn(keymap, views[view].panes[0])('help');
}

function requestOf({ subject }: ExplorerState, kind: 'pick-image' | 'mark-image'): Effect<Action> {
	return { type: 'request', kind, ask: { subject }, answered: ({ message }) => ({ type: 'said', message }) };
}

/** Whether an action is about the terminal alone, so that it means the same whatever is on the screen. */
export function isTerminalAction(action: Action): action is TerminalEffect {
	return action.type === 'leave' || action.type === 'suspend' || action.type === 'repaint';
}

/** A screen may say what is done once it is closed. */
function ofScreen(state: ExplorerState, ...rest: ParametersOfScreen): ExplorerState {
	const stepped = stepOfScreen(state, ...rest);
	const { run } = stepped;
	const next = withWrapping(stepped.next, rest[1]);
	const binding = run === null ? undefined : state.keymap.find(({ id }) => id === run);
	const bound = boundAction(next, binding);
	return bound === null ? next : apply(next, bound);
}

/** Whether files are wrapped is remembered once the user has chosen it. */
function withWrapping(state: ExplorerState, action: ParametersOfScreen[1]): ExplorerState {
	const screen = topScreen(state);
	if (action.type !== 'toggle-wrap' || screen?.id !== 'file') return state;
	return { ...state, remembered: { ...state.remembered, isWrapped: screen.state.isWrapped } };
}

type ParametersOfScreen = Parameters<typeof stepOfScreen> extends [unknown, ...infer Rest] ? Rest : never;

function ofView(state: ExplorerState, ...[view, action]: ParametersAfterState): ExplorerState {
	const step = stepOfView(state, view, action);
	return step.goTo === null ? step.next : goTo(step.next, step.goTo);
}

type ParametersAfterState = Parameters<typeof stepOfView> extends [unknown, ...infer Rest] ? Rest : never;

function withPrompt(state: ExplorerState): ExplorerState {
	const input = textInput(filterOf(state).text);
	return { ...updateView(state, state.view, { type: 'focus-filtered' }), prompt: { input } };
}

function stepOut(state: ExplorerState): ExplorerState {
	const inner = updateView(state, state.view, { type: 'step-out' });
	const [first] = viewsOf(state.subject.kind);
	return inner !== state || state.view === first ? inner : { ...state, view: first };
}

/** A filter with a term at its end, or without it. */
function toggleTerm(filter: string, term: string): string {
	const words = filter.split(' ');
	if (words.includes(term)) return words.filter((word) => word !== term).join(' ');
	return filter === '' ? term : `${filter} ${term}`;
}

function editPrompt(state: ExplorerState, { input }: Prompt, edit: TextEdit): ExplorerState {
	const edited = editText(input, edit);
	const next: ExplorerState = { ...state, prompt: { input: edited } };
	return edited.text === input.text
		? next
		: updateView(next, next.view, { type: 'filter', text: edited.text });
}

const copiedNames: Readonly<Record<Exclude<CopiedPart, 'name'>, string>> = {
	text: 'the text',
	rule: 'the rule for fathom.yaml',
	command: 'the command line',
};

function copy(state: ExplorerState, what: CopiedPart): ExplorerState {
	const text = (what === 'command' ? commandLineOf(state) : selectionOf(state)[what]) ?? null;
	if (text === null) return { ...state, message: nothingToCopy(what) };
	const name = what === 'name' ? text : copiedNames[what];
	return { ...state, effects: [copyText(text, name)] };
}

function nothingToCopy(what: CopiedPart): string {
	return what === 'command' ? 'No command prints this.' : 'There is nothing to copy here.';
}

function copiedMessage({ name, isTaken }: Extract<Action, { readonly type: 'copied' }>): string {
	return isTaken ? `Copied ${name}, if this terminal allows it.` : 'This is too long for the clipboard.';
}

function toggleMouse(state: ExplorerState): ExplorerState {
	const isMouseOn = !state.isMouseOn;
	const message = isMouseOn
		? 'The mouse chooses rows. Most terminals select text while Shift is held.'
		: 'The mouse selects text again, as the terminal does it.';
	const remembered = { ...state.remembered, isMouseOn };
	return { ...state, isMouseOn, remembered, message, effects: [{ type: 'mouse', isOn: isMouseOn }] };
}
