import type { KeyBinding } from '../key-binding.ts';
import type { TextEdit } from './text-input.ts';

type EditKey = KeyBinding<{ readonly type: 'edit-prompt'; readonly edit: NamedEdit }, 'prompt'>;
/** An edit that a key may do. */
export type NamedEdit = Exclude<TextEdit, { readonly type: 'insert' }>;

/** What fathom.yaml calls an edit, wherever text is typed. */
export function editNameOf(type: NamedEdit['type']): string {
	return type.startsWith('delete-') ? type : `text-${type}`;
}

/** The keys that change the text of a prompt. */
export const editKeys: readonly EditKey[] = [
	editKey(['left'], 'Move in the text that you type', { type: 'left' }),
	editKey(['right'], 'Move in the text that you type', { type: 'right' }),
	editKey(['home', 'ctrl-a'], 'Start of the text', { type: 'start' }),
	editKey(['end', 'ctrl-e'], 'End of the text', { type: 'end' }),
	editKey(['backspace'], 'Delete the character before the cursor', { type: 'delete-before' }),
	editKey(['delete'], 'Delete the character after the cursor', { type: 'delete-after' }),
	editKey(['ctrl-w'], 'Delete the word before the cursor', { type: 'delete-word' }),
	editKey(['ctrl-u'], 'Delete everything before the cursor', { type: 'delete-to-start' }),
];

function editKey(keys: readonly string[], description: string, edit: NamedEdit): EditKey {
	return {
		id: `edit-${edit.type}`,
		name: editNameOf(edit.type),
		keys,
		contexts: ['prompt'],
		group: 'Filter',
		description,
		action: { type: 'edit-prompt', edit },
	};
}
