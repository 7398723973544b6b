import { applyFilter, noFilter } from '../../../filter/filter.ts';
import { treeKeys } from '../../../tree/tree-keys.ts';
import { moveInTree } from '../../../tree/tree-rows.ts';
import { updateTree } from '../../../tree/update-tree.ts';
import type { CommonAction, View } from '../../view.ts';
import { pairLayout } from '../pair-layout.ts';
import { otherPane, scrollDetails } from '../pair-state.ts';
import { changedFilesFrame, changedWindow } from './changed-files-frame.ts';
import {
	type ChangedFilesAction,
	type ChangedFilesPane,
	type ChangedFilesScene,
	type ChangedFilesState,
	type ChangedFilesTypes,
	changedRows,
	initialChangedFiles,
	orders,
} from './changed-files-state.ts';
import { differenceMarks } from './difference-letters.ts';

const TITLE = 'Files of both images';
const panes: readonly ChangedFilesPane[] = ['changed files', 'changed file'];
const { folding, choosing } = treeKeys<ChangedFilesPane>({
	id: 'changed-',
	tree: 'changed files',
	panes,
	group: TITLE,
	orders: 'by delta, by name, or by new size',
});

/** The merged tree of two images: what changed, the greatest delta first. */
export const changedFilesView: View<ChangedFilesTypes> = {
	kind: 'difference',
	tab: ({ files }) => ({ name: 'Files', count: files.count }),
	title: TITLE,
	panes,
	keys: [...folding, ...choosing],
	help: {
		title: 'Letters in the files of both images',
		rows: differenceMarks.map(({ letter, style, meaning }) => ({ sign: letter, style, meaning })),
	},
	initial: initialChangedFiles,
	follow: (state) => state,
	focus: ({ focus }) => (focus === 'list' ? 'changed files' : 'changed file'),
	filter: ({ filter }) => filter,
	layout: pairLayout,
	update: (scene, action) => ({ state: updated(scene, action), effects: [] }),
	frame: changedFilesFrame,
	arrive: () => [],
	pending: ({ state, subject: { comparison } }) =>
		state.isPrepared
			? []
			: [{ type: 'prepare-difference', comparison, orders, done: { type: 'difference-prepared' } }],
};

function updated(scene: ChangedFilesScene, action: CommonAction | ChangedFilesAction): ChangedFilesState {
	const { state, subject } = scene;
	switch (action.type) {
		case 'move':
			if (state.focus === 'details') return scrollDetails(state, changedWindow(scene), action);
			return { ...moveInTree(state, changedRows(scene), action), detailsTop: 0 };
		case 'focus-next':
			return otherPane(state);
		case 'focus-filtered':
			return { ...state, focus: 'list' };
		case 'step-out':
			if (state.filter.text !== '') return { ...state, filter: noFilter };
			return state.focus === 'list' ? state : otherPane(state);
		case 'filter':
			return { ...state, filter: applyFilter(subject.tree, action.text), detailsTop: 0 };
		case 'difference-prepared':
			return { ...state, isPrepared: true };
		default:
			return { ...updateTree(state, action, { rows: () => changedRows(scene), orders }), detailsTop: 0 };
	}
}
