import { type KeyBinding, MOVE_GROUP } from './key-binding.ts';
import type { CommonAction } from './views/view.ts';

type MoveAction = Extract<CommonAction, { readonly type: 'move' | 'focus-next' }>;
type Keys<Context extends string> = readonly KeyBinding<MoveAction, Context>[];

/** The keys that go from pane to pane. */
export function paneKeys<Context extends string>(contexts: readonly Context[]): Keys<Context> {
	return [
		{
			id: 'next-pane',
			keys: ['tab'],
			contexts,
			group: MOVE_GROUP,
			description: 'Next pane',
			hint: { text: 'pane' },
			action: { type: 'focus-next', direction: 1 },
		},
		{
			id: 'previous-pane',
			keys: ['shift-tab'],
			contexts,
			group: MOVE_GROUP,
			description: 'Previous pane',
			action: { type: 'focus-next', direction: -1 },
		},
	];
}

export interface MovingContexts<Context extends string> {
	readonly steps: readonly Context[];
	/** Where the letters and the keys for both ends are not needed for a text that is typed. */
	readonly ends: readonly Context[];
	readonly halves: readonly Context[];
}

/** The keys that move the cursor of a list, or scroll a text. */
export function moveKeys<Context extends string>({
	steps,
	ends,
	halves,
}: MovingContexts<Context>): Keys<Context> {
	const group = MOVE_GROUP;
	return [
		{
			id: 'down',
			keys: ['down', 'j'],
			contexts: steps,
			group,
			description: 'Next row',
			action: { type: 'move', step: 'line', direction: 1 },
		},
		{
			id: 'up',
			keys: ['up', 'k'],
			contexts: steps,
			group,
			description: 'Previous row',
			hint: { text: 'move', with: ['down'] },
			action: { type: 'move', step: 'line', direction: -1 },
		},
		{
			id: 'page-down',
			keys: ['page-down'],
			contexts: steps,
			group,
			description: 'One page down',
			action: { type: 'move', step: 'page', direction: 1 },
		},
		{
			id: 'page-up',
			keys: ['page-up'],
			contexts: steps,
			group,
			description: 'One page up',
			action: { type: 'move', step: 'page', direction: -1 },
		},
		{
			id: 'half-page-down',
			keys: ['ctrl-d'],
			contexts: halves,
			group,
			description: 'Half a page down',
			action: { type: 'move', step: 'half', direction: 1 },
		},
		{
			id: 'half-page-up',
			keys: ['ctrl-u'],
			contexts: halves,
			group,
			description: 'Half a page up',
			action: { type: 'move', step: 'half', direction: -1 },
		},
		{
			id: 'first',
			keys: ['g', 'home'],
			contexts: ends,
			group,
			description: 'First row',
			action: { type: 'move', step: 'all', direction: -1 },
		},
		{
			id: 'last',
			keys: ['G', 'end'],
			contexts: ends,
			group,
			description: 'Last row',
			action: { type: 'move', step: 'all', direction: 1 },
		},
	];
}
