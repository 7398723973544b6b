import type { KeyBinding, KeyContext } from './key-binding.ts';
import type { TextEdit } from './text-input.ts';

const panes: readonly KeyContext[] = ['layers', 'details', 'files'];

const tree: readonly KeyBinding[] = [
	{
		id: 'toggle-fold',
		keys: ['enter', 'space'],
		contexts: ['files'],
		group: 'File tree',
		description: 'Open or close the directory',
		hint: { keys: 'Space', text: 'fold' },
		action: { type: 'toggle-fold' },
	},
	{
		id: 'go-in',
		keys: ['right', 'l'],
		contexts: ['files'],
		group: 'File tree',
		description: 'Open the directory, then go into it',
		action: { type: 'go-in' },
	},
	{
		id: 'go-out',
		keys: ['left', 'h'],
		contexts: ['files'],
		group: 'File tree',
		description: 'Close the directory, then go to the one above',
		action: { type: 'go-out' },
	},
	{
		id: 'toggle-scope',
		keys: ['a'],
		contexts: panes,
		group: 'File tree',
		description: 'This layer alone, or everything up to it',
		hint: { keys: 'a', text: 'up to it' },
		action: { type: 'toggle-scope' },
	},
	{
		id: 'toggle-order',
		keys: ['s'],
		contexts: panes,
		group: 'File tree',
		description: 'Sort by name, or by size',
		hint: { keys: 's', text: 'sort' },
		action: { type: 'toggle-order' },
	},
	{
		id: 'toggle-unchanged',
		keys: ['c'],
		contexts: panes,
		group: 'File tree',
		description: 'Hide what did not change, or show it',
		hint: { keys: 'c', text: 'changes' },
		action: { type: 'toggle-unchanged' },
	},
];

const filtering: readonly KeyBinding[] = [
	{
		id: 'open-prompt',
		keys: ['/'],
		contexts: panes,
		group: 'Filter',
		description: 'Show only paths with this text, or after ~ that match this regular expression',
		hint: { keys: '/', text: 'filter' },
		action: { type: 'open-prompt' },
	},
	{
		id: 'keep-filter',
		keys: ['enter'],
		contexts: ['prompt'],
		group: 'Filter',
		description: 'Keep the filter and go on in the files',
		hint: { keys: 'Enter', text: 'keep' },
		action: { type: 'keep-filter' },
	},
	{
		id: 'clear-filter',
		keys: ['escape'],
		contexts: ['prompt', ...panes],
		group: 'Filter',
		description: 'Clear the filter',
		hint: { keys: 'Esc', text: 'clear filter', filterOnly: true },
		action: { type: 'clear-filter' },
	},
];

const general: readonly KeyBinding[] = [
	{
		id: 'close-help',
		keys: ['?', 'escape', 'q'],
		contexts: ['help'],
		group: 'General',
		description: 'Close this help',
		hint: { keys: 'Esc', text: 'close', always: true },
		action: { type: 'toggle-help' },
	},
	{
		id: 'open-help',
		keys: ['?'],
		contexts: panes,
		group: 'General',
		description: 'Show all keys',
		hint: { keys: '?', text: 'keys', always: true },
		action: { type: 'toggle-help' },
	},
	{
		id: 'leave',
		keys: ['q'],
		contexts: [...panes, 'too-small', 'reading'],
		group: 'General',
		description: 'Quit',
		hint: { keys: 'q', text: 'quit', always: true },
		action: { type: 'leave' },
	},
	{
		id: 'leave-at-once',
		keys: ['ctrl-c'],
		contexts: [...panes, 'prompt', 'help', 'too-small', 'reading'],
		group: 'General',
		description: 'Quit, whatever is on the screen',
		action: { type: 'leave' },
	},
];

const moving: readonly KeyBinding[] = [
	{
		id: 'next-pane',
		keys: ['tab'],
		contexts: [...panes, 'prompt'],
		group: 'Move',
		description: 'Next pane',
		hint: { keys: 'Tab', text: 'pane' },
		action: { type: 'focus-next', direction: 1 },
	},
	{
		id: 'previous-pane',
		keys: ['shift-tab'],
		contexts: [...panes, 'prompt'],
		group: 'Move',
		description: 'Previous pane',
		action: { type: 'focus-next', direction: -1 },
	},
	{
		id: 'show-files',
		keys: ['enter', 'right', 'l'],
		contexts: ['layers', 'details'],
		group: 'Move',
		description: 'From the left panes to the files',
		hint: { keys: '→', text: 'files' },
		action: { type: 'show-files' },
	},
	{
		id: 'down',
		keys: ['down', 'j'],
		contexts: [...panes, 'help', 'prompt'],
		group: 'Move',
		description: 'Next row',
		hint: { keys: '↑↓', text: 'move' },
		action: { type: 'move', step: 'line', direction: 1 },
	},
	{
		id: 'up',
		keys: ['up', 'k'],
		contexts: [...panes, 'help', 'prompt'],
		group: 'Move',
		description: 'Previous row',
		action: { type: 'move', step: 'line', direction: -1 },
	},
	{
		id: 'page-down',
		keys: ['page-down'],
		contexts: [...panes, 'help', 'prompt'],
		group: 'Move',
		description: 'One page down',
		action: { type: 'move', step: 'page', direction: 1 },
	},
	{
		id: 'page-up',
		keys: ['page-up'],
		contexts: [...panes, 'help', 'prompt'],
		group: 'Move',
		description: 'One page up',
		action: { type: 'move', step: 'page', direction: -1 },
	},
	{
		id: 'first',
		keys: ['g', 'home'],
		contexts: [...panes, 'help'],
		group: 'Move',
		description: 'First row',
		action: { type: 'move', step: 'all', direction: -1 },
	},
	{
		id: 'last',
		keys: ['G', 'end'],
		contexts: [...panes, 'help'],
		group: 'Move',
		description: 'Last row',
		action: { type: 'move', step: 'all', direction: 1 },
	},
];

const editing: readonly KeyBinding[] = [
	editKey(['left'], 'Move in the text that you type', { type: 'left' }),
	editKey(['right'], 'Move in the text that you type', { type: 'right' }),
	editKey(['home', 'ctrl-a'], 'Start of the text', { type: 'start' }),
	editKey(['end', 'ctrl-e'], 'End of the text', { type: 'end' }),
	editKey(['backspace'], 'Delete the character before the cursor', { type: 'delete-before' }),
	editKey(['delete'], 'Delete the character after the cursor', { type: 'delete-after' }),
	editKey(['ctrl-w'], 'Delete the word before the cursor', { type: 'delete-word' }),
	editKey(['ctrl-u'], 'Delete everything before the cursor', { type: 'delete-to-start' }),
];

function editKey(keys: readonly string[], description: string, edit: TextEdit): KeyBinding {
	return {
		id: `edit-${edit.type}`,
		keys,
		contexts: ['prompt'],
		group: 'Filter',
		description,
		action: { type: 'edit-prompt', edit },
	};
}

/**
 * All keys of the explorer, in the order in which the footer and the help name them. A key that types a character is text where a
 * line of text is typed.
 */
export const keymap: readonly KeyBinding[] = [...tree, ...filtering, ...moving, ...editing, ...general];
