import type { KeyBinding, KeyName } from '../key-binding.ts';
import type { Size } from '../layout.ts';
import { type HomeAction, type HomeState, updateHome } from './home-state.ts';

export const HOME_GROUP = 'Images at hand';
const group = HOME_GROUP;
const contexts = ['home'] as const;

type Binding = KeyBinding<{ readonly type: 'home'; readonly action: HomeAction }, 'home'>;

function key(
	id: string,
	name: string,
	keys: readonly KeyName[],
	...[description, action]: readonly [string, HomeAction]
): Binding {
	return { id, name, keys, contexts, group, description, action: { type: 'home', action } };
}

/** The keys of the list of images at hand. */
export const homeKeys: readonly Binding[] = [
	{
		...key('home-open', 'open', ['enter'], 'Explore the image', { type: 'open' }),
		hint: { text: 'explore', always: true },
	},
	key('home-right', 'right', ['right', 'l'], 'Explore the image', { type: 'open' }),
	{
		...key('home-filter', 'filter', ['/'], 'Show only images with this text', { type: 'type-filter' }),
		hint: { text: 'filter' },
	},
	{
		...key(
			'home-mark',
			'mark-image',
			['m'],
			'Mark the image; on another one, show what differs; again, take the mark away',
			{ type: 'mark' },
		),
		hint: { text: 'mark' },
	},
	key('home-return', 'back', ['backspace'], 'Back to the image that the list was opened from', {
		type: 'return',
	}),
	{
		...key('home-clear', 'step-out', ['escape'], 'Clear the filter', { type: 'clear-filter' }),
		hint: { text: 'clear filter', filterOnly: true },
	},
	{
		...key('home-sort', 'sort', ['s'], 'Sort by place, name, size or age', { type: 'sort' }),
		hint: { text: 'sort' },
	},
	key('home-reverse', 'reverse', ['S'], 'Reverse the order', { type: 'reverse' }),
	key('home-down', 'down', ['down', 'j'], 'Next image', move('line', 1)),
	{
		...key('home-up', 'up', ['up', 'k'], 'Previous image', move('line', -1)),
		hint: { text: 'move', with: ['down'] },
	},
	key('home-page-down', 'page-down', ['page-down'], 'One page down', move('page', 1)),
	key('home-page-up', 'page-up', ['page-up'], 'One page up', move('page', -1)),
	key('home-first', 'first', ['g', 'home'], 'First image', move('all', -1)),
	key('home-last', 'last', ['G', 'end'], 'Last image', move('all', 1)),
];

function move(step: 'line' | 'page' | 'all', direction: 1 | -1): HomeAction {
	return { type: 'move', step, direction };
}

/** The state after text was pasted: for the filter, where it is typed. */
export function pasteIntoHome(state: HomeState, pasted: string, size: Size): HomeState {
	const text = pasted.split(/[\r\n]/, 1)[0].replaceAll(/\p{Cc}/gu, '');
	if (!state.isTyping || text === '') return state;
	return updateHome(state, { type: 'edit', edit: { type: 'insert', text } }, size);
}
