import { editNameOf, type NamedEdit } from '../../prompt/edit-keys.ts';
import { closingKeys } from '../closing-keys.ts';
import type { SearchAction, SearchBinding } from './search-types.ts';

/** The heading of these keys in the help. */
export const SEARCH_TITLE = 'Search in all layers';

export const searchKeys: readonly SearchBinding[] = [
	{
		...key('confirm', ['enter'], 'From the text to the list; from there to the path in that layer', {
			type: 'confirm',
		}),
		hint: { text: 'go there' },
	},
	{
		...key('filter', ['/'], 'Change the text: as a filter, over all that any layer did', {
			type: 'edit-text',
		}),
		hint: { text: 'text' },
	},
	{
		...key('sort', ['s'], 'Sort by bytes, by layer or by path', { type: 'next-order' }),
		hint: { text: 'sort' },
	},
	key('reverse', ['S'], 'Sort the other way round', { type: 'reverse-order' }),
	key('open', ['d', 'right', 'l'], 'The file as this layer left it', { type: 'open', screen: 'file' }),
	{
		...key('history', ['H'], 'What each layer did to the path', { type: 'open', screen: 'history' }),
		hint: { text: 'history' },
	},
	key('about', ['i'], 'All about the path', { type: 'open', screen: 'about' }),
	key('extract', ['x'], 'Write it to a folder', { type: 'open', screen: 'extract' }),
	key('copy-name', ['y'], 'Copy the path', { type: 'copy-name' }),
	key('open-export', ['e'], 'Export what is found to a file, as text, JSON or CSV', { type: 'export' }),
	...closingKeys<SearchAction, 'search'>(
		'search',
		{ group: SEARCH_TITLE, description: 'Out of the text, then back to the view', action: { type: 'close' } },
		{ keys: { 'step-out': ['escape'], quit: ['q'] }, hint: 'back' },
	),
	editKey('left', ['left'], 'Move in the text'),
	editKey('delete-before', ['backspace'], 'Delete the character before the cursor'),
	editKey('delete-after', ['delete'], 'Delete the character after the cursor'),
	editKey('delete-word', ['ctrl-w'], 'Delete the word before the cursor'),
	editKey('delete-to-start', ['ctrl-u'], 'Delete everything before the cursor'),
];

function key(
	name: string,
	keys: readonly string[],
	description: string,
	action: SearchAction,
): SearchBinding {
	return {
		id: `search-${name}`,
		name,
		keys,
		contexts: ['search'],
		group: SEARCH_TITLE,
		description,
		action,
	};
}

function editKey(type: NamedEdit['type'], keys: readonly string[], description: string): SearchBinding {
	return key(editNameOf(type), keys, description, { type: 'edit', edit: { type } });
}
