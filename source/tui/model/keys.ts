import type { Action } from './action.ts';
import type { KeyHint, KeyName } from './key-binding.ts';
import { type KeyContext, keymap } from './keymap.ts';
import { isTooSmall } from './layout.ts';
import { focusOf } from './shown-view.ts';
import type { ExplorerState } from './state.ts';
import { update } from './update.ts';

/** The state after a key; the same state if the key does nothing here. */
export function pressKey(state: ExplorerState, key: KeyName): ExplorerState {
	const action = actionFor(contextOf(state), key);
	return action === null ? state : update(state, action);
}

/**
 * The state after a paste. It is text for a prompt, which takes the first line that has any; anywhere else it is ignored, because it was
 * not meant as keys.
 */
export function pasteText(state: ExplorerState, pasted: string): ExplorerState {
	if (contextOf(state) !== 'prompt') return state;
	const text = firstLine(pasted);
	return text === '' ? state : update(state, { type: 'edit-prompt', edit: { type: 'insert', text } });
}

/** Where keys go in this state. */
export function contextOf(state: ExplorerState): KeyContext {
	if (isTooSmall(state.size, state.subject.kind)) return 'too-small';
	return state.overlay === null ? focusOf(state) : state.overlay.kind;
}

/** What a key does in a context; null if it does nothing. */
export function actionFor(context: KeyContext, key: KeyName): Action | null {
	const text = key === 'space' ? ' ' : key;
	if (context === 'prompt' && isCharacter(text)) {
		return { type: 'edit-prompt', edit: { type: 'insert', text } };
	}
	const binding = keymap.find(({ keys, contexts }) => contexts.includes(context) && keys.includes(key));
	return binding?.action ?? null;
}

/** The keys that the footer names in a context. */
export function commandHints(context: KeyContext): readonly KeyHint[] {
	return keymap.flatMap(({ hint, contexts }) =>
		hint !== undefined && contexts.includes(context) ? [hint] : [],
	);
}

/** Whether a key types a character; the others have names of several letters. */
function isCharacter(key: KeyName): boolean {
	return String.fromCodePoint(key.codePointAt(0) ?? 0) === key;
}

function firstLine(pasted: string): string {
	const line = pasted.split(/[\r\n]+/).find((each) => each.trim() !== '');
	return (line ?? '').replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '');
}
