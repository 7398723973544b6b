import type { KeyBinding } from '../../key-binding.ts';
import type { Subject } from '../../subject.ts';
import type { ListAction, ListDescription } from './list-description.ts';

/** The keys of a list: where its items lead, and how it is sorted. */
export function listKeys<Shown extends Subject, Item extends object, Pane extends string>({
	orders,
	panes,
	title,
	placeOf,
}: Pick<ListDescription<Shown, Item, Pane>, 'orders' | 'panes' | 'title' | 'placeOf'>): readonly KeyBinding<
	ListAction,
	Pane
>[] {
	const contexts = [panes.list, panes.details];
	const id = panes.list.replaceAll(' ', '-');
	const sorting: readonly KeyBinding<ListAction, Pane>[] = [
		{
			id: `${id}-next-order`,
			name: 'sort',
			keys: ['s'],
			contexts,
			group: title,
			description: `Sort ${orders.map(({ description }) => description).join(' or ')}`,
			hint: { text: 'sort' },
			action: { type: 'next-order' },
		},
		{
			id: `${id}-reverse-order`,
			name: 'reverse',
			keys: ['S'],
			contexts,
			group: title,
			description: 'Sort the other way round',
			action: { type: 'reverse-order' },
		},
	];
	const going: readonly KeyBinding<ListAction, Pane>[] = [
		{
			id: `${id}-go-to-place`,
			name: 'open',
			keys: ['enter'],
			contexts,
			group: title,
			description: 'Go to the files of it',
			hint: { text: 'go to files' },
			action: { type: 'go-to-place' },
		},
	];
	return [...(placeOf === undefined ? [] : going), ...(orders.length < 2 ? [] : sorting)];
}
