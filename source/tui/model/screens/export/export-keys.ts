import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import type { KeyBinding } from '../../key-binding.ts';
import { editNameOf, type NamedEdit } from '../../prompt/edit-keys.ts';
import type { TextEdit } from '../../prompt/text-input.ts';
import { closingKeys } from '../closing-keys.ts';

export type ExportAction =
	| { readonly type: 'close' | 'confirm' | 'replace' }
	| { readonly type: 'edit'; readonly edit: TextEdit }
	| { readonly type: 'exported'; readonly answer: ExplorerServicesAnswers['export-view'] };

type Binding = KeyBinding<ExportAction, 'export'>;

export const EXPORT_TITLE = 'Export';

export const exportKeys: readonly Binding[] = [
	{
		...key('export-there', 'confirm', ['enter'], 'Write the file', { type: 'confirm' }),
		hint: { text: 'write' },
	},
	{
		...key('replace-export', 'replace-files', ['y'], 'Replace the file that is there, once that is asked', {
			type: 'replace',
		}),
		hint: { text: 'replace' },
	},
	editKey('left', ['left'], 'Move in the name of the file'),
	editKey('right', ['right'], 'Move in the name of the file'),
	editKey('delete-before', ['backspace'], 'Delete the character before the cursor'),
	editKey('delete-after', ['delete'], 'Delete the character after the cursor'),
	editKey('delete-word', ['ctrl-w'], 'Delete the word before the cursor'),
	editKey('delete-to-start', ['ctrl-u'], 'Delete everything before the cursor'),
	...closingKeys<ExportAction, 'export'>(
		'export',
		{ group: EXPORT_TITLE, description: 'Stop writing, and close this', action: { type: 'close' } },
		{ keys: { 'step-out': ['escape'] }, hint: 'back' },
	),
];

function key(
	id: string,
	name: string,
	keys: readonly string[],
	description: string,
	action: ExportAction,
): Binding {
	return { id, name, keys, contexts: ['export'], group: EXPORT_TITLE, description, action };
}

function editKey(type: NamedEdit['type'], keys: readonly string[], description: string): Binding {
	return key(`export-${type}`, editNameOf(type), keys, description, { type: 'edit', edit: { type } });
}
