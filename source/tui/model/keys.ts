import type { Action } from './action.ts';
import { hintKeys } from './bindings/key-labels.ts';
import type { ShownHint } from './frame/hint-line.ts';
import { type KeyName, keyLabel, nameOf } from './key-binding.ts';
import type { Binding, KeyContext, Keymap } from './keymap.ts';
import { isTooSmall } from './layout.ts';
import { boundAction } from './shown/open-path.ts';
import { canMoveIn, hintedIn, topScreen, typedInto } from './shown/shown-screen.ts';
import { filterOf, focusOf } from './shown/shown-view.ts';
import type { ExplorerState } from './state.ts';
import { update } from './update.ts';

/** The state after a key; the same state if the key does nothing here. */
export function pressKey(state: ExplorerState, key: KeyName): ExplorerState {
	const action =
		typedAction(state, key) ?? boundAction(state, bindingOf(state.keymap, contextOf(state), key));
	return update(state, action ?? { type: 'unknown-key', label: keyLabel(key) });
}

/** The state after an action by its name, whatever its key is; the same state where it means nothing. */
export function doNamed(state: ExplorerState, name: string): ExplorerState {
	const context = contextOf(state);
	const binding = state.keymap.find((each) => nameOf(each) === name && each.contexts.includes(context));
	const action = boundAction(state, binding);
	return action === null ? state : update(state, action);
}

/**
 * The state after a paste. It is text for a prompt, which takes the first line that has any; anywhere else it is ignored, because it was
 * not meant as keys.
 */
export function pasteText(state: ExplorerState, pasted: string): ExplorerState {
	const text = firstLine(pasted);
	const action = text === '' ? null : typingOf(state, text);
	return action === null ? state : update(state, action);
}

/** What a key does that types a character where text is typed; null where keys are keys. */
function typedAction(state: ExplorerState, key: KeyName): Action | null {
	const text = characterOf(key);
	return text === null ? null : typingOf(state, text);
}

/** The character that a key types; null for a key that has a name instead. */
export function characterOf(key: KeyName): string | null {
	const text = key === 'space' ? ' ' : key;
	return isCharacter(text) ? text : null;
}

function typingOf(state: ExplorerState, text: string): Action | null {
	if (isTooSmall(state.size, state.subject.kind)) return null;
	if (state.prompt !== null) return { type: 'edit-prompt', edit: { type: 'insert', text } };
	const screen = topScreen(state);
	return screen === null ? null : typedInto(screen, text);
}

/** Where keys go in this state. */
export function contextOf(state: ExplorerState): KeyContext {
	if (isTooSmall(state.size, state.subject.kind)) return 'too-small';
	if (state.prompt !== null) return 'prompt';
	return topScreen(state)?.id ?? focusOf(state);
}

/** What a key does in a context, if it is not text there; null if it does nothing. */
export function actionFor(bindings: Keymap, context: KeyContext, key: KeyName): Action | null {
	return bindingOf(bindings, context, key)?.action ?? null;
}

function bindingOf(bindings: Keymap, context: KeyContext, key: KeyName): Binding | undefined {
	return bindings.find(({ keys, contexts }) => contexts.includes(context) && keys.includes(key));
}

/** A key that the footer names, and what it does. */
export interface FooterHint extends ShownHint {
	readonly action: Action;
}

/** The keys that the footer names in a context. */
export function commandHints(bindings: Keymap, context: KeyContext): readonly FooterHint[] {
	return bindings
		.filter(({ contexts }) => contexts.includes(context))
		.flatMap((row) => footerHint(row, bindings, context));
}

/** The keys that the footer names in this state. */
export function hintsOf(state: ExplorerState): readonly FooterHint[] {
	const screen = topScreen(state);
	const canMove = screen === null || canMoveIn(state, screen);
	return commandHints(state.keymap, contextOf(state))
		.filter(({ action }) => canMove || action.type !== 'move')
		.filter(({ filterOnly }) => !filterOnly || filterOf(state).text !== '')
		.flatMap((hint) => {
			const text = screen === null ? hint.text : hintedIn(screen, hint.action, hint.text);
			return text === null ? [] : [{ ...hint, text }];
		});
}

function footerHint(row: Binding, bindings: Keymap, context: KeyContext): readonly FooterHint[] {
	const { hint, action } = row;
	const isShown = hint !== undefined && (hint.contexts?.includes(context) ?? true);
	const keys = !isShown ? null : hintKeys(bindings, row, { hint, context });
	return hint === undefined || keys === null ? [] : [{ ...hint, keys, action }];
}

/** Whether a key types a character; the others have names of several letters. */
function isCharacter(key: KeyName): boolean {
	return String.fromCodePoint(key.codePointAt(0) ?? 0) === key;
}

function firstLine(pasted: string): string {
	const line = pasted.split(/[\r\n]+/).find((each) => each.trim() !== '');
	return (line ?? '').replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '');
}
