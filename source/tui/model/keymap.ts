import type { Action } from './action.ts';
import { adviceKeys, copyKeys } from './copy-keys.ts';
import { HOME_GROUP, homeKeys } from './home/home-keys.ts';
import { IMAGES_GROUP, imageKeys } from './image-keys.ts';
import { type KeyBinding, MOVE_GROUP } from './key-binding.ts';
import { moveKeys, paneKeys } from './move-keys.ts';
import { editKeys } from './prompt/edit-keys.ts';
import { filterKeys } from './prompt/filter-keys.ts';
import { PATHS_GROUP, pathKeys } from './screens/path-keys.ts';
import {
	type ScreenAction,
	type ScreenId,
	type ScreenTypesOf,
	screenIds,
	screens,
} from './screens/screens.ts';
import type { SubjectKind } from './subject.ts';
import { kindKeys } from './tree/kind-keys.ts';
import {
	type TypesOf,
	type ViewAction,
	type ViewId,
	type ViewPane,
	viewIds,
	views,
	viewsOf,
} from './views/views.ts';

/** Where keys go: a pane, a screen over it, the filter prompt, a terminal that is too small for a view, or the reading screen. */
export type KeyContext = ViewPane | ScreenId | 'prompt' | 'too-small' | 'reading' | 'home';

export type Binding = KeyBinding<Action, KeyContext>;

/** All keys in force, in the order in which the footer and the help list them. */
export type Keymap = readonly Binding[];

const panes: readonly KeyContext[] = viewIds.flatMap((id) => views[id].panes);

const imagePanes: readonly KeyContext[] = viewsOf('image').flatMap((id) => views[id].panes);

const findingPanes: readonly KeyContext[] = ['findings', 'finding'];

const everywhere: readonly KeyContext[] = [...panes, ...screenIds, 'prompt', 'too-small', 'reading', 'home'];

/** They lead to the list that the image was chosen from, or else to the images at hand. */
const leavingReading: readonly Binding[] = (['step-out', 'back'] as const).map((name) => ({
	id: `reading-${name}`,
	name,
	keys: [name === 'back' ? 'backspace' : 'escape'],
	contexts: ['reading'],
	group: 'General',
	description: 'Back to the images at hand',
	action: { type: name === 'back' ? 'go-back' : 'step-out' },
}));

const general: readonly Binding[] = [
	...copyKeys(
		panes,
		panes.filter((pane) => !findingPanes.includes(pane)),
	),
	{
		id: 'open-export',
		keys: ['e'],
		contexts: panes,
		group: 'General',
		description: 'Export this view to a file, as text, JSON or CSV',
		action: { type: 'open-export' },
	},
	{
		id: 'copy-command',
		keys: [],
		contexts: panes,
		group: 'General',
		description: 'Copy command line: the command that prints this view',
		action: { type: 'copy', what: 'command' },
	},
	{
		id: 'open-palette',
		name: 'palette',
		keys: [':'],
		contexts: panes,
		group: 'General',
		description: 'Find an action by its name',
		action: { type: 'open-palette' },
	},
	{
		id: 'go-back',
		name: 'back',
		keys: ['backspace'],
		contexts: panes,
		group: MOVE_GROUP,
		description: 'Back to where you were before the last jump; without one, to the images at hand',
		action: { type: 'go-back' },
	},
	{
		id: 'open-help',
		name: 'help',
		keys: ['?'],
		contexts: [...panes, 'home'],
		group: 'General',
		description: 'Show all keys',
		hint: { text: 'keys', always: true },
		action: { type: 'open-help' },
	},
	{
		id: 'toggle-mouse',
		name: 'mouse',
		keys: ['M'],
		contexts: panes,
		group: 'General',
		description: 'Leave the mouse to the terminal, to select text, or take it back',
		action: { type: 'toggle-mouse' },
	},
	{
		id: 'leave',
		name: 'quit',
		keys: ['q'],
		contexts: [...panes, 'too-small', 'reading', 'home'],
		group: 'General',
		description: 'Quit',
		hint: { text: 'quit', always: true },
		action: { type: 'leave' },
	},
	{
		id: 'leave-at-once',
		name: 'quit-at-once',
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
		id: `show-view-${view}`,
		name: `view-${index + 1}`,
		keys: [String(index + 1)],
		contexts,
		group: VIEWS_GROUP,
		description: `Show ${views[view].title.toLowerCase()}`,
		...(index === 0 && { hint: { text: 'views', with: ids.slice(1).map((_, rest) => `view-${rest + 2}`) } }),
		action: { type: 'show-view', view },
	}));
}

/** The keys of one view, with actions addressed to that view. */
function keysOf<Id extends ViewId>(view: Id): readonly KeyBinding<ViewAction<Id>, TypesOf[Id]['pane']>[] {
	return views[view].keys.map((binding) => ({
		...binding,
		action: { type: 'view', view, action: binding.action },
	}));
}

/** The keys of one screen, with actions addressed to that screen. */
function keysOfScreen<Id extends ScreenId>(
	screen: Id,
): readonly KeyBinding<ScreenAction<Id>, ScreenTypesOf[Id]['id']>[] {
	return screens[screen].keys.map((binding) => ({
		...binding,
		action: { type: 'screen', screen, action: binding.action },
	}));
}

const viewKeys: readonly Binding[] = viewIds.flatMap(keysOf);

/** All keys of the explorer, as they are unless the user chooses others. In the prompt, a key that types a character is text. */
export const keymap: Keymap = [
	...viewKeys.filter(({ group }) => group !== MOVE_GROUP),
	...pathKeys<KeyContext>(panes, ['deleted files', 'deleted file']),
	...adviceKeys(findingPanes),
	...imageKeys<KeyContext>(imagePanes),
	...filterKeys<KeyContext>(panes, imagePanes),
	...leavingReading,
	...kindKeys<KeyContext>(['files', 'file details', 'changed files', 'changed file']),
	...showingViews('image'),
	...showingViews('difference'),
	...paneKeys<KeyContext>([...panes, 'prompt']),
	...viewKeys.filter(({ group }) => group === MOVE_GROUP),
	...screenIds.flatMap((id): readonly Binding[] => keysOfScreen(id)),
	...moveKeys<KeyContext>({
		steps: [...panes, ...screenIds, 'prompt'],
		ends: [...panes, ...screenIds],
		// Where text is typed, Ctrl-U deletes it.
		halves: [
			...panes,
			...screenIds.filter((id) => !['palette', 'file', 'extract', 'search', 'export'].includes(id)),
		],
	}),
	...editKeys,
	...homeKeys,
	...general,
];

/** The screens that are of one image alone. */
const imageScreens: readonly KeyContext[] = ['search'];

/** The keys that work on one kind of subject. */
export function keymapOf(bindings: Keymap, kind: SubjectKind): Keymap {
	const others: readonly KeyContext[] = [
		'home',
		...(kind === 'image' ? [] : imageScreens),
		...viewIds.flatMap((id) => (views[id].kind === kind ? [] : views[id].panes)),
	];
	return bindings.filter(({ contexts }) => !contexts.every((context) => others.includes(context)));
}

/** The headings of the help, in order. */
export const keyGroups: readonly string[] = [
	MOVE_GROUP,
	VIEWS_GROUP,
	...viewIds.map((id) => views[id].title),
	PATHS_GROUP,
	...screenIds.flatMap((id) => screens[id].title ?? []),
	IMAGES_GROUP,
	'Filter',
	HOME_GROUP,
	'General',
];
