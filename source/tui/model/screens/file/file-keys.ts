import type { KeyBinding } from '../../key-binding.ts';
import type { TextEdit } from '../../prompt/text-input.ts';
import { closingKeys } from '../closing-keys.ts';
import type { FileAction } from './file-action.ts';

type Binding = KeyBinding<FileAction, 'file'>;

/** The heading of these keys in the help. */
export const FILE_TITLE = 'One file';

/** The keys that only this screen has. Where a text to search for is typed, those that type characters are text. */
export const fileKeys: readonly Binding[] = [
	{
		...key('show-diff', 'diff', ['d'], 'What differs from the version before, or the content', {
			type: 'toggle-diff',
		}),
		hint: { text: 'diff' },
	},
	{
		...key('older-version', 'older-version', ['['], 'The version before', {
			type: 'other-version',
			direction: -1,
		}),
		hint: { text: 'version', with: ['newer-version'], join: ' ' },
	},
	key('newer-version', 'newer-version', [']'], 'The version after', { type: 'other-version', direction: 1 }),
	{
		...key('wrap-lines', 'wrap', ['w'], 'Wrap long lines, or not', { type: 'toggle-wrap' }),
		hint: { text: 'wrap' },
	},
	{
		...key('show-hex', 'hex', ['X'], 'Bytes as hexadecimal digits, or as text', { type: 'toggle-hex' }),
		hint: { text: 'hex' },
	},
	{
		...key(
			'search-file',
			'filter',
			['/'],
			'Search for a text, or after ~ a regular expression; capital letters count where there is one',
			{
				type: 'search',
			},
		),
		hint: { text: 'search' },
	},
	key('next-match-in-file', 'next-match', ['n'], 'Next match', { type: 'next-match', direction: 1 }),
	key('previous-match-in-file', 'previous-match', ['N'], 'Previous match', {
		type: 'next-match',
		direction: -1,
	}),
	{
		...key('reveal-secrets', 'reveal-secrets', ['v'], 'Show values that look secret, or mask them', {
			type: 'toggle-secrets',
		}),
		hint: { text: 'values' },
	},
	{
		...key('history-of-file', 'history', ['H'], 'What each layer did to it', {
			type: 'open',
			screen: 'history',
		}),
		hint: { text: 'history' },
	},
	{
		...key('about-file', 'about', ['i'], 'All about it', { type: 'open', screen: 'about' }),
		hint: { text: 'about' },
	},
	{
		...key('extract-file', 'extract', ['x'], 'Write it to a folder', { type: 'open', screen: 'extract' }),
		hint: { text: 'extract' },
	},
	{
		...key('page-file', 'pager', ['o'], 'The content in $PAGER', { type: 'page' }),
		hint: { text: 'pager' },
	},
	key('copy-path-of-file', 'copy-name', ['y'], 'Copy the path', { type: 'copy-path' }),
	{
		...key('copy-content', 'copy-text', ['Y'], 'Copy the content', { type: 'copy-content' }),
		hint: { text: 'copy' },
	},
	key('read-file-again', 'read-again', ['r'], 'Read it again, or open the image again if it has changed', {
		type: 'read-again',
	}),
	key('file-right', 'right', ['right', 'l'], 'To the right', { type: 'sideways', direction: 1 }),
	key('file-left', 'left', ['left', 'h'], 'To the left', { type: 'sideways', direction: -1 }),
	key('confirm-file', 'confirm', ['enter'], 'Search, or go where a link leads', { type: 'confirm' }),
	key(
		'delete-in-search',
		'delete-before',
		['backspace'],
		'Delete the character before the cursor of a search',
		edit('delete-before'),
	),
	key(
		'delete-word-in-search',
		'delete-word',
		['ctrl-w'],
		'Delete the word before the cursor of a search',
		edit('delete-word'),
	),
	key(
		'clear-search',
		'delete-to-start',
		['ctrl-u'],
		'Delete everything before the cursor of a search',
		edit('delete-to-start'),
	),
	...closingKeys<FileAction, 'file'>(
		'file',
		{ group: FILE_TITLE, description: 'Out of the search, the diff or the file', action: { type: 'out' } },
		{ keys: { 'step-out': ['escape'], close: ['q'] }, hint: 'back' },
	),
];

function key(
	id: string,
	name: string,
	keys: readonly string[],
	...[description, action]: readonly [string, FileAction]
): Binding {
	return { id, name, keys, contexts: ['file'], group: FILE_TITLE, description, action };
}

function edit(type: Extract<TextEdit, { readonly type: `delete-${string}` }>['type']): FileAction {
	return { type: 'edit', edit: { type } };
}
