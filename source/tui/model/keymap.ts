import type { Action } from './action.ts';
import { type KeyBinding, MOVE_GROUP } from './key-binding.ts';
import { moveKeys, paneKeys } from './move-keys.ts';
import type { SubjectKind } from './subject.ts';
import type { TextEdit } from './text-input.ts';
import {
	type TypesOf,
	type ViewAction,
	type ViewId,
	type ViewPane,
	viewIds,
	views,
	viewsOf,
} from './views/views.ts';

/** Where keys go: a pane, the filter prompt, the help, a screen that is too small for a view, or the reading screen. */
export type KeyContext = ViewPane | 'prompt' | 'help' | 'too-small' | 'reading';

type Binding = KeyBinding<Action, KeyContext>;

const panes: readonly KeyContext[] = viewIds.flatMap((id) => views[id].panes);

/** The panes of the views that have something to filter. */
const filteredPanes: readonly KeyContext[] = viewIds.flatMap((id) =>
	views[id].filter === null ? [] : views[id].panes,
);

const everywhere: readonly KeyContext[] = [...panes, 'prompt', 'help', 'too-small', 'reading'];

const filtering: readonly Binding[] = [
	{
		id: 'open-prompt',
		keys: ['/'],
		contexts: filteredPanes,
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
		contexts: ['prompt'],
		group: 'Filter',
		description: 'Clear the filter',
		hint: { keys: 'Esc', text: 'clear filter', filterOnly: true },
		action: { type: 'clear-filter' },
	},
	{
		id: 'step-out',
		keys: ['escape'],
		contexts: panes,
		group: 'Filter',
		description: 'Clear the filter; without one, back to the list, then to the first view',
		hint: { keys: 'Esc', text: 'clear filter', filterOnly: true },
		action: { type: 'step-out' },
	},
];

const general: readonly Binding[] = [
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
		contexts: everywhere,
		group: 'General',
		description: 'Quit, whatever is on the screen',
		action: { type: 'leave' },
	},
	{
		id: 'suspend',
		keys: ['ctrl-z'],
		contexts: everywhere,
		group: 'General',
		description: 'Suspend; the shell continues it with fg',
		action: { type: 'suspend' },
	},
	{
		id: 'repaint',
		keys: ['ctrl-l'],
		contexts: everywhere,
		group: 'General',
		description: 'Draw the screen again',
		action: { type: 'repaint' },
	},
];

const VIEWS_GROUP = 'Views';

/** The keys that choose a view, where there are several. */
function showingViews(kind: SubjectKind): readonly Binding[] {
	const ids = viewsOf(kind);
	if (ids.length < 2) return [];
	const contexts = ids.flatMap((id) => views[id].panes);
	return ids.map((view, index) => ({
		id: `show-${view}`,
		keys: [String(index + 1)],
		contexts,
		group: VIEWS_GROUP,
		description: `Show ${views[view].title.toLowerCase()}`,
		...(index === 0 && { hint: { keys: `1–${ids.length}`, text: 'views' } }),
		action: { type: 'show-view', view },
	}));
}

const editing: readonly Binding[] = [
	editKey(['left'], 'Move in the text that you type', { type: 'left' }),
	editKey(['right'], 'Move in the text that you type', { type: 'right' }),
	editKey(['home', 'ctrl-a'], 'Start of the text', { type: 'start' }),
	editKey(['end', 'ctrl-e'], 'End of the text', { type: 'end' }),
	editKey(['backspace'], 'Delete the character before the cursor', { type: 'delete-before' }),
	editKey(['delete'], 'Delete the character after the cursor', { type: 'delete-after' }),
	editKey(['ctrl-w'], 'Delete the word before the cursor', { type: 'delete-word' }),
	editKey(['ctrl-u'], 'Delete everything before the cursor', { type: 'delete-to-start' }),
];

function editKey(keys: readonly string[], description: string, edit: TextEdit): Binding {
	return {
		id: `edit-${edit.type}`,
		keys,
		contexts: ['prompt'],
		group: 'Filter',
		description,
		action: { type: 'edit-prompt', edit },
	};
}

/** The keys of one view, with actions addressed to that view. */
function keysOf<Id extends ViewId>(view: Id): readonly KeyBinding<ViewAction<Id>, TypesOf[Id]['pane']>[] {
	return views[view].keys.map((binding) => ({
		...binding,
		action: { type: 'view', view, action: binding.action },
	}));
}

const viewKeys: readonly Binding[] = viewIds.flatMap(keysOf);

/**
 * All keys of the explorer, in the order in which the footer and the help list them. In the prompt, a key that types a character is
 * text.
 */
export const keymap: readonly Binding[] = [
	...viewKeys.filter(({ group }) => group !== MOVE_GROUP),
	...filtering,
	...showingViews('image'),
	...showingViews('difference'),
	...paneKeys<KeyContext>([...panes, 'prompt']),
	...viewKeys.filter(({ group }) => group === MOVE_GROUP),
	...moveKeys<KeyContext>({ steps: [...panes, 'help', 'prompt'], ends: [...panes, 'help'] }),
	...editing,
	...general,
];

/** The keys that work on one kind of subject. */
export function keymapOf(kind: SubjectKind): readonly Binding[] {
	const others: readonly KeyContext[] = viewIds.flatMap((id) =>
		views[id].kind === kind ? [] : views[id].panes,
	);
	return keymap.filter(({ contexts }) => !contexts.every((context) => others.includes(context)));
}

/** The headings of the help, in order. */
export const keyGroups: readonly string[] = [
	MOVE_GROUP,
	VIEWS_GROUP,
	...viewIds.map((id) => views[id].title),
	'Filter',
	'General',
];
