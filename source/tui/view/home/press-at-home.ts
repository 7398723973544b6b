import type { Action } from '../../model/action.ts';
import type { TerminalEffect } from '../../model/effects/effect.ts';
import {
	cursorIndex,
	type HomeAction,
	type HomeState,
	homeRows,
	updateHome,
} from '../../model/home/home-state.ts';
import type { KeyName } from '../../model/key-binding.ts';
import type { KeyContext, Keymap } from '../../model/keymap.ts';
import { actionFor, characterOf, contextOf } from '../../model/keys.ts';
import type { Size } from '../../model/layout.ts';
import { type HelpState, updateHelp } from '../../model/screens/help/help-screen.ts';
import { homeHelpSections } from '../../model/screens/help/help-sections.ts';
import type { ExplorerState } from '../../model/state.ts';
import { isTerminalAction } from '../../model/update.ts';

type HomeImage = HomeState['images'][number];

/** Hears what the user does with the images at hand. */
export interface HomeListener {
	readonly onChoose: (image: HomeImage) => void;
	/** Back to what the list was opened from. */
	readonly onReturn: () => void;
	/** Marks an image, or compares it with the marked one. */
	readonly onMark: (image: HomeImage) => void;
}

/** What a key does in the list of images at hand. */
export type HomeStep =
	| { readonly kind: 'nothing' }
	| { readonly kind: 'terminal'; readonly effect: TerminalEffect }
	| { readonly kind: 'chosen' | 'marked'; readonly image: HomeImage }
	/** Out of the list. */
	| { readonly kind: 'return' }
	| { readonly kind: 'changed'; readonly home: HomeState };

/** Tells who shows the list what was done in it. */
export function tellHome(step: HomeStep, listener: HomeListener): void {
	if (step.kind === 'chosen') listener.onChoose(step.image);
	if (step.kind === 'marked') listener.onMark(step.image);
	if (step.kind === 'return') listener.onReturn();
}

export function pressAtHome(
	home: HomeState,
	key: KeyName,
	{ keymap, size }: { readonly keymap: Keymap; readonly size: Size },
): HomeStep {
	const typed = home.isTyping && home.help === null ? typedCharacter(key) : null;
	if (typed !== null) return { kind: 'changed', home: updateHome(home, typed, size) };
	const action = actionFor(keymap, contextAtHome(home), key);
	if (action === null) return { kind: 'nothing' };
	if (isTerminalAction(action)) return { kind: 'terminal', effect: action };
	if (action.type === 'open-help')
		return { kind: 'changed', home: { ...home, help: { sections: homeHelpSections(keymap), top: 0 } } };
	if (home.help !== null) return inHelp(home, home.help, action, size);
	const wanted = homeActionOf(action);
	if (wanted === null) return { kind: 'nothing' };
	const rows = homeRows(home);
	const image = rows[cursorIndex(rows, home)];
	if (wanted.type === 'open' && image !== undefined) return { kind: 'chosen', image };
	if (wanted.type === 'mark' && image !== undefined) return { kind: 'marked', image };
	const isOut = wanted.type === 'clear-filter' && !home.isTyping && home.filter.text === '';
	if (wanted.type === 'return' || isOut) return { kind: 'return' };
	return { kind: 'changed', home: updateHome(home, wanted, size) };
}

function contextAtHome({ help, isTyping }: HomeState): KeyContext {
	if (help !== null) return 'help';
	return isTyping ? 'prompt' : 'home';
}

function typedCharacter(key: KeyName): HomeAction | null {
	const text = characterOf(key);
	return text === null ? null : { type: 'edit', edit: { type: 'insert', text } };
}

function inHelp(home: HomeState, help: HelpState, action: Action, size: Size): HomeStep {
	if (action.type === 'move')
		return { kind: 'changed', home: { ...home, help: updateHelp(help, action, size) } };
	return action.type === 'screen' ? { kind: 'changed', home: { ...home, help: null } } : { kind: 'nothing' };
}

/** What an action of the prompt means for the filter of the list. */
function homeActionOf(action: Action): HomeAction | null {
	switch (action.type) {
		case 'home':
			return action.action;
		case 'edit-prompt':
			return { type: 'edit', edit: action.edit };
		case 'move':
		case 'keep-filter':
		case 'clear-filter':
			return action;
		default:
			return null;
	}
}

/** Whether a key leads out of an image, where there is no jump to go back from and nothing is typed. */
export function leadsHome(explorer: ExplorerState, key: KeyName): boolean {
	const { trail, keymap } = explorer;
	return trail.length === 0 && actionFor(keymap, contextOf(explorer), key)?.type === 'go-back';
}

/** Whether a key leads out of the reading of an image. */
export function leavesReading(keymap: Keymap, key: KeyName): boolean {
	const type = actionFor(keymap, 'reading', key)?.type;
	return type === 'go-back' || type === 'step-out';
}
