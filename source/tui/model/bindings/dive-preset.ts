import { type KeyBinding, type KeyName, nameOf } from '../key-binding.ts';
import { placeOfKey, splitRow } from './split-row.ts';

/** Keys that an action has besides its own, in the places of these names; left out for all of its places. */
interface AddedKeys {
	readonly action: string;
	readonly keys: readonly KeyName[];
	readonly contexts?: readonly string[];
}

const layerPanes = ['layers', 'layer details'];
const filePanes = ['files', 'file details', 'changed files', 'changed file'];
const panes = [...layerPanes, ...filePanes];

/**
 * What dive 0.13 has by default (its `keybinding` settings). Its Ctrl-M is Enter for every terminal. For its wrapped tree and its columns of
 * attributes the closest actions stand: the pane alone, and all about a file.
 */
export const diveKeys: readonly AddedKeys[] = [
	{ action: 'scope-all', keys: ['ctrl-a'], contexts: layerPanes },
	{ action: 'scope-layer', keys: ['ctrl-l'], contexts: layerPanes },
	{ action: 'close-all', keys: ['ctrl-space'], contexts: panes },
	{ action: 'toggle-added', keys: ['ctrl-a'], contexts: filePanes },
	{ action: 'toggle-removed', keys: ['ctrl-r'], contexts: filePanes },
	{ action: 'toggle-unchanged', keys: ['ctrl-u'], contexts: panes },
	{ action: 'about', keys: ['ctrl-b'], contexts: filePanes },
	{ action: 'zoom', keys: ['ctrl-p'], contexts: [...layerPanes, 'files', 'file details'] },
	{ action: 'sort', keys: ['ctrl-o'], contexts: panes },
	{ action: 'extract', keys: ['ctrl-e'], contexts: [...filePanes, 'file'] },
	{ action: 'filter', keys: ['ctrl-f', 'ctrl-/'] },
	{ action: 'page-up', keys: ['u'], contexts: panes },
	{ action: 'page-down', keys: ['d'], contexts: panes },
];

/** The table with the keys of dive in front of its own. What else has one of them there loses it. */
export function withDiveKeys<Each extends KeyBinding<unknown, string>>(
	rows: readonly Each[],
): readonly Each[] {
	const added = (row: Each, context: string): readonly KeyName[] =>
		diveKeys
			.filter(({ action, contexts }) => action === nameOf(row) && (contexts?.includes(context) ?? true))
			.flatMap(({ keys }) => keys);
	const taken = new Set(
		rows.flatMap((row) =>
			row.contexts.flatMap((context) => added(row, context).map((key) => placeOfKey(context, key))),
		),
	);
	return rows.flatMap((row) =>
		splitRow(row, (context) => {
			const own = row.keys.filter((key) => !taken.has(placeOfKey(context, key)));
			return [...added(row, context), ...own];
		}),
	);
}
