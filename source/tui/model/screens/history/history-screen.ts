import type { FileTree } from '../../../../filetree/file-tree.ts';
import { type ListView, moveInList } from '../../list-window.ts';
import type { FilePlace } from '../../views/view.ts';
import { closingKeys } from '../closing-keys.ts';
import type { Screen } from '../screen.ts';
import { historyFrame, historyHeight } from './history-frame.ts';
import { historyOf } from './history-rows.ts';
import type { HistoryState, HistoryTypes } from './history-types.ts';

const TITLE = 'History of a path';

/** Every layer that touched a path. */
export const historyScreen: Screen<HistoryTypes> = {
	title: TITLE,
	keys: [
		{
			id: 'go-to-layer',
			name: 'open',
			keys: ['enter'],
			contexts: ['history'],
			group: TITLE,
			description: 'To the path in this layer',
			hint: { text: 'go there' },
			action: { type: 'go' },
		},
		{
			id: 'show-version',
			name: 'right',
			keys: ['right', 'l'],
			contexts: ['history'],
			group: TITLE,
			description: 'The file as this layer left it',
			hint: { text: 'show it' },
			action: { type: 'show-file' },
		},
		{
			id: 'show-version-too',
			name: 'diff',
			keys: ['d'],
			contexts: ['history'],
			group: TITLE,
			description: 'The file as this layer left it',
			action: { type: 'show-file' },
		},
		...closingKeys<HistoryTypes['action'], 'history'>(
			'history',
			{ group: TITLE, description: 'Close the history', action: { type: 'close' } },
			{ keys: { 'step-out': ['escape'], close: ['q'], history: ['H'], left: ['left', 'h'] }, hint: 'back' },
		),
	],
	typed: () => null,
	update: ({ state, size }, action) => {
		const row = state.rows[state.index];
		switch (action.type) {
			case 'move': {
				const view: ListView = { ...state, total: state.rows.length, height: historyHeight(state, size) };
				return { state: { ...state, ...moveInList(view, action.step, action.direction) }, effects: [] };
			}
			case 'close':
				return { state: null, effects: [] };
			case 'go':
				return { state: null, effects: [], goTo: { node: state.node, layer: row.layer } };
			case 'show-file':
				return {
					state: null,
					effects: [],
					open: { screen: 'file', place: { node: state.node, layer: row.layer } },
				};
		}
	},
	frame: historyFrame,
};

/** The history with the cursor on the layer of the place; null for a path that no layer has an entry for. */
export function openHistory(tree: FileTree, { node, layer }: FilePlace): HistoryState | null {
	const rows = historyOf(tree, node);
	if (rows.length === 0) return null;
	const index = Math.max(
		0,
		rows.findLastIndex((row) => row.layer <= layer),
	);
	return { node, rows, index, line: index };
}
