import type { KeyBinding } from '../key-binding.ts';

/** The actions of every view with a file tree. */
export type TreeAction =
	/** Opens a directory; in an open one, goes to its first row. */
	| { readonly type: 'go-in' }
	/** Closes a directory; from a closed one or a file, goes to the directory above. */
	| { readonly type: 'go-out' }
	| { readonly type: 'toggle-fold' }
	| { readonly type: 'next-order' }
	| { readonly type: 'reverse-order' }
	| { readonly type: 'toggle-unchanged' };

export interface TreeKeys<Pane extends string> {
	/** What the names of the bindings begin with. */
	readonly id: string;
	/** The pane with the tree. */
	readonly tree: Pane;
	/** Where its rows can be chosen and sorted. */
	readonly panes: readonly Pane[];
	/** The heading in the help. */
	readonly group: string;
	/** By what `s` sorts, for the help. */
	readonly orders: string;
}

/** The keys of a file tree, those for what is shown in it last. */
export function treeKeys<Pane extends string>(
	keys: TreeKeys<Pane>,
): {
	readonly folding: readonly KeyBinding<TreeAction, Pane>[];
	readonly choosing: readonly KeyBinding<TreeAction, Pane>[];
} {
	const { id, tree, panes, group, orders } = keys;
	return {
		folding: [
			{
				id: `${id}toggle-fold`,
				keys: ['enter', 'space'],
				contexts: [tree],
				group,
				description: 'Open or close the directory',
				hint: { keys: 'Space', text: 'fold' },
				action: { type: 'toggle-fold' },
			},
			{
				id: `${id}go-in`,
				keys: ['right', 'l'],
				contexts: [tree],
				group,
				description: 'Open the directory, then go into it',
				action: { type: 'go-in' },
			},
			{
				id: `${id}go-out`,
				keys: ['left', 'h'],
				contexts: [tree],
				group,
				description: 'Close the directory, then go to the one above',
				action: { type: 'go-out' },
			},
		],
		choosing: [
			{
				id: `${id}next-order`,
				keys: ['s'],
				contexts: panes,
				group,
				description: `Sort ${orders}`,
				hint: { keys: 's', text: 'sort' },
				action: { type: 'next-order' },
			},
			{
				id: `${id}reverse-order`,
				keys: ['S'],
				contexts: panes,
				group,
				description: 'Sort the other way round',
				action: { type: 'reverse-order' },
			},
			{
				id: `${id}toggle-unchanged`,
				keys: ['c'],
				contexts: panes,
				group,
				description: 'Hide what did not change, or show it',
				hint: { keys: 'c', text: 'changes' },
				action: { type: 'toggle-unchanged' },
			},
		],
	};
}
