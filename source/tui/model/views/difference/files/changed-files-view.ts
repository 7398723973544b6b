import { changedCountAt } from '../../../../../filetree/comparison.ts';
import { NO_ENTRY } from '../../../../../filetree/file-tree.ts';
import { applyFilter, type Filter, noFilter } from '../../../filter/filter.ts';
import { shownPath } from '../../../frame/names.ts';
import type { KeyBinding } from '../../../key-binding.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { type PanePlace, TITLE_INDENT, TITLE_LINE, wordAt } from '../../../pointing/pane-area.ts';
import { treeChoiceActions, treeChoices, withTreeChoices } from '../../../remembered/tree-choices.ts';
import { changedMatches, countMatches } from '../../../rows/matches.ts';
import type { Projection } from '../../../rows/projection.ts';
import { beginFilter, keepFilter, leaveFilter } from '../../../tree/filter-place.ts';
import { type IsStop, nextStop, stopsIn } from '../../../tree/next-row.ts';
import { treeKeys } from '../../../tree/tree-keys.ts';
import { moveInTree, placeCursor, pointInTree } from '../../../tree/tree-rows.ts';
import { updateTree } from '../../../tree/update-tree.ts';
import { twoPaneAreas, twoPaneLayout } from '../../list/two-panes/layout.ts';
import { otherPane, scrollDetails } from '../../list/two-panes/state.ts';
import type { CommonAction, View } from '../../view.ts';
import { changedFilesFrame, changedWindow } from './changed-files-frame.ts';
import {
	type ChangedFilesAction,
	type ChangedFilesPane,
	type ChangedFilesScene,
	type ChangedFilesState,
	type ChangedFilesTypes,
	changedRows,
	initialChangedFiles,
	openedTo,
	orders,
} from './changed-files-state.ts';
import { changedHead } from './changed-lines.ts';
import { differenceMarks } from './difference-letters.ts';
import { exportedFiles } from './exported-files.ts';
import { withMoved } from './old-paths.ts';
import { spokenChangedFiles } from './spoken-changes.ts';

const TITLE = 'Files of both images';
const paneNames = { list: 'changed files', details: 'changed file' } as const;
const panes: readonly ChangedFilesPane[] = [paneNames.list, paneNames.details];
const { folding, choosing } = treeKeys<ChangedFilesPane>({
	id: 'changed-',
	tree: 'changed files',
	opening: panes,
	panes,
	group: TITLE,
	orders: 'by delta, by name, or by new size',
});

const nextKeys: readonly KeyBinding<ChangedFilesAction, ChangedFilesPane>[] = [
	{
		id: 'changed-next-match',
		name: 'next-match',
		keys: ['n'],
		contexts: panes,
		group: TITLE,
		description: 'Next match of the filter; without a filter, next change',
		hint: { text: 'next match', filterOnly: true },
		action: { type: 'go-to-next', direction: 1 },
	},
	{
		id: 'changed-previous-match',
		name: 'previous-match',
		keys: ['N'],
		contexts: panes,
		group: TITLE,
		description: 'Previous match, or change',
		action: { type: 'go-to-next', direction: -1 },
	},
];

/** The merged tree of two images: what changed, the greatest delta first. */
export const changedFilesView: View<ChangedFilesTypes> = {
	kind: 'difference',
	tab: ({ files }) => ({ name: 'Files', count: files.count }),
	title: TITLE,
	panes,
	keys: [...folding, ...choosing, ...nextKeys],
	help: {
		title: 'Letters in the files of both images',
		rows: differenceMarks.map(({ letter, style, meaning }) => ({ sign: letter, style, meaning })),
	},
	initial: initialChangedFiles,
	follow: (state) => state,
	focus: ({ focus }) => (focus === 'list' ? 'changed files' : 'changed file'),
	filter: ({ filter }) => filter,
	layout: twoPaneLayout,
	selection: (scene) => {
		const { node } = changedRows(scene);
		const name = node === null ? null : shownPath(scene.subject.tree, node);
		const place = node === null ? null : { node, layer: scene.subject.tree.layerCount - 1 };
		return { place, name, text: null, command: ['diff', '--only', 'files'] };
	},
	exported: exportedFiles,
	update: (scene, action) => ({ state: updated(scene, action), effects: [] }),
	frame: changedFilesFrame,
	spoken: spokenChangedFiles,
	paneAreas: ({ layout, state }) => twoPaneAreas(layout, state.focus, paneNames),
	arrive: () => [],
	pending: ({ state, subject: { comparison } }) =>
		state.isPrepared
			? []
			: [{ type: 'prepare-difference', comparison, orders, done: { type: 'difference-prepared' } }],
	remembering: {
		actions: treeChoiceActions,
		choicesOf: treeChoices,
		withChoices: (state, choices) => withTreeChoices(state, choices, orders),
	},
};

function updated(scene: ChangedFilesScene, action: CommonAction | ChangedFilesAction): ChangedFilesState {
	const { state, subject } = scene;
	switch (action.type) {
		case 'move':
			if (state.focus === 'details') return scrollDetails(state, changedWindow(scene), action);
			return { ...moveInTree(state, changedRows(scene), action), detailsTop: 0 };
		case 'point':
			return pointed(scene, action);
		case 'focus-next':
			return otherPane(state);
		case 'focus-filtered':
			return { ...beginFilter(state), focus: 'list' };
		case 'filter-kept':
			return { ...keepFilter(state, changedRows(scene)), detailsTop: 0 };
		case 'go-to-next': {
			const { node, list } = changedRows(scene);
			return goTo(scene, { row: node === null ? -1 : list.index, direction: action.direction });
		}
		case 'step-out':
			if (state.filter.text !== '') return { ...leaveFilter(state, subject.tree), detailsTop: 0 };
			return state.focus === 'list' ? state : otherPane(state);
		case 'filter':
			return { ...state, filter: filtered(scene, action.text), detailsTop: 0 };
		case 'show-node':
			return showNode(state, subject, action.node);
		case 'difference-prepared':
			return { ...state, isPrepared: true };
		case 'toggle-unchanged': {
			const toggled = updateTree(state, action, { rows: () => changedRows(scene), orders });
			return { ...toggled, filter: counted(state.filter, subject, toggled), detailsTop: 0 };
		}
		default:
			return { ...updateTree(state, action, { rows: () => changedRows(scene), orders }), detailsTop: 0 };
	}
}

/** What moved as it was is a change as well. */
function stopsOf({ state, subject }: ChangedFilesScene, projection: Projection): IsStop {
	const isStop = stopsIn(projection);
	if (state.filter.matches !== null) return isStop;
	return (node) => isStop(node) || subject.moves.movedFrom[node] !== NO_ENTRY;
}

/** The nearest match or change behind a row, or before it. */
function goTo(
	scene: ChangedFilesScene,
	from: { readonly row: number; readonly direction: 1 | -1 },
): ChangedFilesState {
	const rows = changedRows(scene);
	const node = nextStop(rows.projection, from, stopsOf(scene, rows.projection));
	return node === null
		? scene.state
		: { ...placeCursor(scene.state, rows, node), focus: 'list', detailsTop: 0 };
}

function showNode(state: ChangedFilesState, subject: OpenedDifference, node: number): ChangedFilesState {
	const isHidden = changedCountAt(subject.comparison, node) === 0;
	return {
		...state,
		focus: 'list',
		isFlat: false,
		filter: noFilter,
		hideUnchanged: state.hideUnchanged && !isHidden,
		cursor: node,
		folds: new Map([...state.folds, ...openedTo(subject.tree, subject.tree.parents[node])]),
		detailsTop: 0,
	};
}

/** A click on a row chooses it, one on the title of a column sorts by it, or the other way round. */
function pointed(scene: ChangedFilesScene, { pane, line, cell }: PanePlace): ChangedFilesState {
	const { layout } = scene;
	const state: ChangedFilesState = { ...scene.state, focus: pane === paneNames.details ? 'details' : 'list' };
	if (state.focus === 'details' || line === null) return state;
	if (line !== TITLE_LINE) return { ...pointInTree(state, changedRows(scene), line), detailsTop: 0 };
	const head = changedHead(state, layout.panes.list.width - 2);
	const column = wordAt(head, orderColumns, cell - TITLE_INDENT);
	if (column === null) return state;
	const order = orders[column];
	return { ...state, order, isReversed: order === state.order && !state.isReversed };
}

/** What the columns that `orders` sort by are called. */
const orderColumns = ['delta', 'name', 'new'];

/** What moved is found by its old path as well, and shown although it moved along with its folder. */
function filtered({ state, subject }: ChangedFilesScene, text: string): Filter {
	const filter = applyFilter(subject.tree, text, {
		inPlace: (nodes) => withMoved(subject, nodes),
		countsAsChange: (_, node) => subject.moves.movedFrom[node] !== NO_ENTRY,
	});
	return counted(filter, subject, state);
}

/** What is hidden is not counted as found. */
function counted(
	filter: Filter,
	{ comparison }: OpenedDifference,
	{ hideUnchanged }: Pick<ChangedFilesState, 'hideUnchanged'>,
): Filter {
	const { matches } = filter;
	if (matches === null) return filter;
	return { ...filter, found: countMatches(comparison, hideUnchanged ? changedMatches(matches) : matches) };
}
