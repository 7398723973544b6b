import { letterMeanings } from '../../frame/change-letters.ts';
import { wordOf } from '../../remembered/remembered.ts';
import { treeChoiceActions, treeChoices, withTreeChoices } from '../../remembered/tree-choices.ts';
import type { HelpRow, View } from '../view.ts';
import { exportedLayers } from './exported-layers.ts';
import { scopes } from './layers-action.ts';
import { layersFrame } from './layers-frame.ts';
import { LAYERS_TITLE, layersKeys } from './layers-keys.ts';
import { areasOf, layersLayout, layersPanes } from './layers-layout.ts';
import { arrangementOf, followImage, initialLayers, type LayersTypes, orders } from './layers-state.ts';
import { listRows } from './list/list-rows.ts';
import { prepareFirst, prepareImage } from './prepare.ts';
import { selectionOf } from './selection.ts';
import { spokenLayers } from './spoken-layers.ts';
import { updateLayers, wideningOf } from './update-layers.ts';

const columnMeanings: readonly HelpRow[] = [
	{ sign: 'ships', style: 'plain', meaning: 'what the layer adds to the image: the sizes of its files' },
	{ sign: 'wastes', style: 'warning', meaning: 'what nobody sees in the end because of what the layer did' },
	{ sign: '+ ~ -', style: 'plain', meaning: 'how many paths the layer added, changed and removed' },
	{ sign: 'lost', style: 'removed', meaning: 'what was there and is gone: removed, or other content now' },
	{ sign: 'after', style: 'faint', meaning: 'what is there with the layer on top' },
	{ sign: '███▌', style: 'bar', meaning: 'how large it is beside the largest one' },
];

/** The layers of an image, the details of the selected layer, and the file tree with that layer's changes. */
export const layersView: View<LayersTypes> = {
	kind: 'image',
	tab: () => ({ name: 'Layers', count: null }),
	title: LAYERS_TITLE,
	panes: layersPanes,
	keys: layersKeys,
	help: {
		title: 'Columns and letters of the layers',
		rows: [
			...columnMeanings,
			...letterMeanings.map(({ letter, style, meaning }) => ({ sign: letter, style, meaning })),
		],
	},
	initial: initialLayers,
	follow: followImage,
	focus: ({ focus }) => focus,
	filter: ({ filter }) => filter,
	layout: (size, image) => layersLayout(size, listRows(image).length),
	selection: selectionOf,
	exported: exportedLayers,
	update: updateLayers,
	frame: layersFrame,
	spoken: spokenLayers,
	paneAreas: (scene) => areasOf(arrangementOf(scene)),
	arrive: prepareFirst,
	pending: prepareImage,
	remembering: {
		actions: [...treeChoiceActions, 'next-scope', 'set-scope', 'widen'],
		choicesOf: (state) => ({ ...treeChoices(state), scope: state.scope, widening: state.widening }),
		withChoices: (state, choices) => ({
			...withTreeChoices(state, choices, orders),
			scope: wordOf(choices.scope, scopes, state.scope),
			widening: wideningOf(choices.widening),
		}),
	},
};
