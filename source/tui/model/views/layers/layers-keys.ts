import { type KeyBinding, MOVE_GROUP } from '../../key-binding.ts';
import { treeKeys } from '../../tree/tree-keys.ts';
import type { LayersAction } from './layers-action.ts';
import { type LayersPane, layersPanes } from './layers-layout.ts';

/** The heading of these keys in the help. */
export const LAYERS_TITLE = 'Layers and their files';

const { folding, choosing } = treeKeys<LayersPane>({
	id: '',
	tree: 'files',
	opening: ['files'],
	panes: layersPanes,
	group: LAYERS_TITLE,
	orders: 'by change, by name, or by size after it',
});

/** One of the scopes that `a` goes through. They have no keys of their own. */
const scopeKeys: readonly KeyBinding<LayersAction, LayersPane>[] = (
	[
		['scope-layer', 'layer', 'This layer alone'],
		['scope-all', 'up-to-layer', 'Everything up to the layer'],
	] as const
).map(([id, scope, description]) => ({
	id,
	keys: [],
	contexts: ['layers', 'layer details'],
	group: LAYERS_TITLE,
	description,
	action: { type: 'set-scope', scope },
}));

/** The keys that only this view has. */
export const layersKeys: readonly KeyBinding<LayersAction, LayersPane>[] = [
	...folding,
	{
		id: 'next-scope',
		name: 'scope',
		keys: ['a'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'This layer alone, all since the base or the mark, or everything up to the layer',
		hint: { text: 'since base' },
		action: { type: 'next-scope' },
	},
	...scopeKeys,
	...choosing,
	{
		id: 'set-mark',
		name: 'mark',
		keys: ['b'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'Count changes since this layer; again, since the base',
		action: { type: 'set-mark' },
	},
	{
		id: 'next-match',
		keys: ['n'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'Next match of the filter, in other layers too; without a filter, next change',
		hint: { text: 'next match', filterOnly: true },
		action: { type: 'go-to-next', direction: 1 },
	},
	{
		id: 'previous-match',
		keys: ['N'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'Previous match, or change',
		action: { type: 'go-to-next', direction: -1 },
	},
	{
		id: 'read-layer-again',
		keys: ['r'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'Read a layer again that could not be read',
		action: { type: 'read-again' },
	},
	{
		id: 'zoom',
		keys: ['z'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'The pane with the keys alone, or all panes',
		hint: { text: 'zoom' },
		action: { type: 'toggle-zoom' },
	},
	{
		id: 'wider',
		keys: ['>'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'More room for the layers',
		action: { type: 'widen', by: 1 },
	},
	{
		id: 'narrower',
		keys: ['<'],
		contexts: layersPanes,
		group: LAYERS_TITLE,
		description: 'Less room for the layers',
		action: { type: 'widen', by: -1 },
	},
	{
		id: 'open-shown-file',
		name: 'open',
		keys: ['enter'],
		contexts: ['file details'],
		group: LAYERS_TITLE,
		description: 'Show the file; from a directory, go to the files',
		opensFile: true,
		action: { type: 'show-files' },
	},
	{
		id: 'open-files',
		name: 'open',
		keys: ['enter'],
		contexts: ['layers', 'layer details'],
		group: MOVE_GROUP,
		description: 'From the other panes to the files',
		action: { type: 'show-files' },
	},
	{
		id: 'show-files',
		name: 'right',
		keys: ['right', 'l'],
		contexts: ['layers', 'layer details', 'file details'],
		group: MOVE_GROUP,
		description: 'From the other panes to the files',
		hint: { text: 'files' },
		action: { type: 'show-files' },
	},
];
