import type { KeyBinding } from '../key-binding.ts';

/** The actions of every view with a file tree. */
export type TreeAction =
	/** Opens a directory; in an open one, goes to its first row. */
	| { readonly type: 'go-in' }
	/** Closes a directory; from a closed one or a file, goes to the directory above. */
	| { readonly type: 'go-out' }
	| { readonly type: 'toggle-fold' }
	/** Closes all directories, or opens all; again, those with changes are open as at first. */
	| { readonly type: 'fold-all'; readonly to: 'none' | 'all' }
	/** Paths one below the other, or a tree. */
	| { readonly type: 'toggle-flat' }
	| { readonly type: 'next-order' }
	| { readonly type: 'reverse-order' }
	| { readonly type: 'toggle-unchanged' };

export interface TreeKeys<Pane extends string> {
	/** What the names of the bindings begin with. */
	readonly id: string;
	/** The pane with the tree. */
	readonly tree: Pane;
	/** Where Enter shows the file under its cursor. */
	readonly opening: readonly Pane[];
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
	const { id, tree, opening, panes, group, orders } = keys;
	return {
		folding: [
			{
				id: `${id}open`,
				name: 'open',
				keys: ['enter'],
				contexts: opening,
				group,
				description: 'Show the file, or open or close the directory',
				opensFile: true,
				action: { type: 'toggle-fold' },
			},
			{
				id: `${id}toggle-fold`,
				name: 'toggle-fold',
				keys: ['space'],
				contexts: [tree],
				group,
				description: 'Open or close the directory',
				hint: { text: 'fold' },
				action: { type: 'toggle-fold' },
			},
			{
				id: `${id}go-in`,
				name: 'right',
				keys: ['right', 'l'],
				contexts: [tree],
				group,
				description: 'Open the directory, then go into it',
				action: { type: 'go-in' },
			},
			{
				id: `${id}go-out`,
				name: 'left',
				keys: ['left', 'h'],
				contexts: [tree],
				group,
				description: 'Close the directory, then go to the one above',
				action: { type: 'go-out' },
			},
		],
		choosing: [
			{
				id: `${id}toggle-flat`,
				name: 'flat',
				keys: ['`'],
				contexts: panes,
				group,
				description: 'A flat list of paths, or the tree',
				hint: { text: 'flat' },
				action: { type: 'toggle-flat' },
			},
			{
				id: `${id}close-all`,
				name: 'close-all',
				keys: ['-'],
				contexts: panes,
				group,
				description: 'Close all directories; again, open those with changes',
				action: { type: 'fold-all', to: 'none' },
			},
			{
				id: `${id}open-all`,
				name: 'open-all',
				keys: ['='],
				contexts: panes,
				group,
				description: 'Open all directories; again, only those with changes',
				action: { type: 'fold-all', to: 'all' },
			},
			{
				id: `${id}next-order`,
				name: 'sort',
				keys: ['s'],
				contexts: panes,
				group,
				description: `Sort ${orders}`,
				hint: { text: 'sort' },
				action: { type: 'next-order' },
			},
			{
				id: `${id}reverse-order`,
				name: 'reverse',
				keys: ['S'],
				contexts: panes,
				group,
				description: 'Sort the other way round',
				action: { type: 'reverse-order' },
			},
			{
				id: `${id}toggle-unchanged`,
				name: 'toggle-unchanged',
				keys: ['c'],
				contexts: panes,
				group,
				description: 'Hide what did not change, or show it',
				hint: { text: 'changes' },
				action: { type: 'toggle-unchanged' },
			},
		],
	};
}
