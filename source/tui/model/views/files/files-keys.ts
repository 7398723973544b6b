import { type KeyBinding, MOVE_GROUP } from '../../key-binding.ts';
import type { FilesAction } from './files-action.ts';
import { type FilesPane, filesPanes } from './files-layout.ts';

/** The heading of these keys in the help. */
export const FILES_TITLE = 'File tree';

/** The keys that only this view has. */
export const filesKeys: readonly KeyBinding<FilesAction, FilesPane>[] = [
	{
		id: 'toggle-fold',
		keys: ['enter', 'space'],
		contexts: ['files'],
		group: FILES_TITLE,
		description: 'Open or close the directory',
		hint: { keys: 'Space', text: 'fold' },
		action: { type: 'toggle-fold' },
	},
	{
		id: 'go-in',
		keys: ['right', 'l'],
		contexts: ['files'],
		group: FILES_TITLE,
		description: 'Open the directory, then go into it',
		action: { type: 'go-in' },
	},
	{
		id: 'go-out',
		keys: ['left', 'h'],
		contexts: ['files'],
		group: FILES_TITLE,
		description: 'Close the directory, then go to the one above',
		action: { type: 'go-out' },
	},
	{
		id: 'toggle-scope',
		keys: ['a'],
		contexts: filesPanes,
		group: FILES_TITLE,
		description: 'This layer alone, or everything up to it',
		hint: { keys: 'a', text: 'up to it' },
		action: { type: 'toggle-scope' },
	},
	{
		id: 'toggle-order',
		keys: ['s'],
		contexts: filesPanes,
		group: FILES_TITLE,
		description: 'Sort by name, or by size',
		hint: { keys: 's', text: 'sort' },
		action: { type: 'toggle-order' },
	},
	{
		id: 'toggle-unchanged',
		keys: ['c'],
		contexts: filesPanes,
		group: FILES_TITLE,
		description: 'Hide what did not change, or show it',
		hint: { keys: 'c', text: 'changes' },
		action: { type: 'toggle-unchanged' },
	},
	{
		id: 'show-files',
		keys: ['enter', 'right', 'l'],
		contexts: ['layers', 'details'],
		group: MOVE_GROUP,
		description: 'From the left panes to the files',
		hint: { keys: '→', text: 'files' },
		action: { type: 'show-files' },
	},
];
