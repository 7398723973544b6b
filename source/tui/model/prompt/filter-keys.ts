import type { Action } from '../action.ts';
import type { KeyBinding } from '../key-binding.ts';

type FilterAction = Extract<
	Action,
	{ readonly type: 'open-prompt' | 'keep-filter' | 'clear-filter' | 'step-out' | 'open-search' }
>;

/** The keys of filters: of those of the panes, and where there are layers of all of these. */
export function filterKeys<Context extends string>(
	panes: readonly Context[],
	imagePanes: readonly Context[],
): readonly KeyBinding<FilterAction, Context | 'prompt'>[] {
	return [
		{
			id: 'open-prompt',
			name: 'filter',
			keys: ['/'],
			contexts: panes,
			group: 'Filter',
			description: 'Show only what has this text, or after ~ what matches this regular expression',
			hint: { text: 'filter' },
			action: { type: 'open-prompt' },
		},
		{
			id: 'keep-filter',
			name: 'confirm',
			keys: ['enter'],
			contexts: ['prompt'],
			group: 'Filter',
			description: 'Keep the filter and go on in the list',
			hint: { text: 'keep' },
			action: { type: 'keep-filter' },
		},
		{
			id: 'clear-filter',
			name: 'step-out',
			keys: ['escape'],
			contexts: ['prompt'],
			group: 'Filter',
			description: 'Clear the filter',
			hint: { text: 'clear filter', filterOnly: true },
			action: { type: 'clear-filter' },
		},
		{
			id: 'step-out',
			keys: ['escape'],
			contexts: panes,
			group: 'Filter',
			description: 'Clear the filter; without one, back to the list, then to the first view',
			hint: { text: 'clear filter', filterOnly: true },
			action: { type: 'step-out' },
		},
		{
			id: 'open-search',
			name: 'search-layers',
			keys: ['F'],
			contexts: imagePanes,
			group: 'Filter',
			description: 'Find in all layers, deleted paths too, what matches: the largest first',
			hint: { text: 'find in all layers', filterOnly: true },
			action: { type: 'open-search' },
		},
	];
}
