import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import type { KeyBinding } from '../../key-binding.ts';
import { editNameOf, type NamedEdit } from '../../prompt/edit-keys.ts';
import type { TextEdit } from '../../prompt/text-input.ts';

export type ExtractAction =
	| { readonly type: 'close' | 'confirm' | 'replace' }
	| { readonly type: 'edit'; readonly edit: TextEdit }
	| { readonly type: 'extracted'; readonly answer: ExplorerServicesAnswers['extract-file'] };

type Binding = KeyBinding<ExtractAction, 'extract'>;

const TITLE = 'Extract';

export const extractKeys: readonly Binding[] = [
	{
		id: 'extract-there',
		name: 'confirm',
		keys: ['enter'],
		contexts: ['extract'],
		group: TITLE,
		description: 'Write to this folder',
		hint: { text: 'write' },
		action: { type: 'confirm' },
	},
	{
		id: 'replace-files',
		keys: ['y'],
		contexts: ['extract'],
		group: TITLE,
		description: 'Replace what is there, once that is asked',
		hint: { text: 'replace' },
		action: { type: 'replace' },
	},
	editKey('left', ['left'], 'Move in the name of the folder'),
	editKey('right', ['right'], 'Move in the name of the folder'),
	editKey('delete-before', ['backspace'], 'Delete the character before the cursor'),
	editKey('delete-after', ['delete'], 'Delete the character after the cursor'),
	editKey('delete-word', ['ctrl-w'], 'Delete the word before the cursor'),
	editKey('delete-to-start', ['ctrl-u'], 'Delete everything before the cursor'),
	{
		id: 'close-extract',
		name: 'step-out',
		keys: ['escape'],
		contexts: ['extract'],
		group: TITLE,
		description: 'Stop writing, and close this',
		hint: { text: 'back', always: true },
		action: { type: 'close' },
	},
];

function editKey(type: NamedEdit['type'], keys: readonly string[], description: string): Binding {
	return {
		id: `extract-${type}`,
		name: editNameOf(type),
		keys,
		contexts: ['extract'],
		group: TITLE,
		description,
		action: { type: 'edit', edit: { type } },
	};
}
