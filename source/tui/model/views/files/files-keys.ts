import { type KeyBinding, MOVE_GROUP } from '../../key-binding.ts';
import { treeKeys } from '../../tree/tree-keys.ts';
import type { FilesAction } from './files-action.ts';
import { type FilesPane, filesPanes } from './files-layout.ts';

/** The heading of these keys in the help. */
export const FILES_TITLE = 'File tree';

const { folding, choosing } = treeKeys<FilesPane>({
	id: '',
	tree: 'files',
	panes: filesPanes,
	group: FILES_TITLE,
	orders: 'by name, or by size',
});

/** The keys that only this view has. */
export const filesKeys: readonly KeyBinding<FilesAction, FilesPane>[] = [
	...folding,
	{
		id: 'toggle-scope',
		keys: ['a'],
		contexts: filesPanes,
		group: FILES_TITLE,
		description: 'This layer alone, or everything up to it',
		hint: { keys: 'a', text: 'up to it' },
		action: { type: 'toggle-scope' },
	},
	...choosing,
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
