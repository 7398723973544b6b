import { kindAt } from '../../../../filetree/comparison.ts';
import { UNCHANGED } from '../../../../filetree/file-tree.ts';
import { applyFilter, noFilter } from '../../filter/filter.ts';
import { ownersOf } from '../../image-details.ts';
import { clamp, topOf } from '../../list-window.ts';
import { isRead, readingOf } from '../../opened-image.ts';
import { type PanePlace, TITLE_LINE, wordAt } from '../../pointing/pane-area.ts';
import type { SortOrder } from '../../rows/child-order.ts';
import { openedTo } from '../../rows/folds.ts';
import { rowAbove } from '../../rows/row-window.ts';
import { beginFilter, keepFilter, leaveFilter } from '../../tree/filter-place.ts';
import { pointInTree } from '../../tree/tree-rows.ts';
import { updateTree } from '../../tree/update-tree.ts';
import type { CommonAction } from '../view.ts';
import type { FilePlace, LayersAction } from './layers-action.ts';
import { layersPanes } from './layers-layout.ts';
import {
	arrangementOf,
	fileRows,
	type LayersImage,
	type LayersScene,
	type LayersState,
	type LayersStep,
	nextScope,
	orders,
} from './layers-state.ts';
import { layerList, listRows } from './list/list-rows.ts';
import { movePane, toLayer, withTopOfFile } from './move.ts';
import { firstChange, goToNext } from './next-match.ts';
import { prepareNextScope } from './prepare.ts';
import { treeColumns, treeHead } from './tree/tree-columns.ts';

const MOST_STEPS = 20;

export function updateLayers(scene: LayersScene, action: CommonAction | LayersAction): LayersStep {
	if (action.type === 'read-again') return readAgain(scene);
	const step = stepOf(scene, action);
	return asksForLayer(scene, step) ? { ...step, effects: [...step.effects, request(step.state)] } : step;
}

function stepOf(
	scene: LayersScene,
	action: Change | Extract<CommonAction, { readonly type: 'move' }>,
): LayersStep {
	if (action.type === 'move') return movePane(scene, action.step, action.direction);
	const state = changed(scene, action);
	const isScope = action.type === 'next-scope';
	return { state, effects: isScope ? [prepareNextScope({ state, subject: scene.subject })] : [] };
}

/** So many steps at most; none for what is no number of them. */
export function wideningOf(steps: unknown): number {
	return typeof steps === 'number' && Number.isInteger(steps) ? clamp(steps, -MOST_STEPS, MOST_STEPS) : 0;
}

type Change = Exclude<CommonAction | LayersAction, { readonly type: 'move' | 'read-again' }>;

/** Whether a layer was selected that is not read yet: it is wanted before the others then. */
function asksForLayer({ state, subject }: LayersScene, { state: next }: LayersStep): boolean {
	return next.layer !== state.layer && subject.stage.kind === 'reading' && !isRead(subject, next.layer);
}

function request({ layer }: LayersState, isAgain = false): LayersStep['effects'][number] {
	return {
		type: 'request',
		kind: 'read-layer',
		ask: { layer, isAgain },
		answered: () => ({ type: 'layer-asked' }),
	};
}

function readAgain({ state, subject }: LayersScene): LayersStep {
	const { layer } = state;
	switch (readingOf(subject, layer).kind) {
		case 'failed':
			return subject.stage.kind === 'complete'
				? { state, effects: [request(state, true)] }
				: { state, effects: [], message: 'It can be read again once the other layers are read.' };
		case 'read':
			return { state, effects: [], message: `Layer ${layer + 1} is read.` };
		case 'waiting':
		case 'reading':
			return { state, effects: [], message: `Layer ${layer + 1} is being read.` };
	}
}

function changed(scene: LayersScene, action: Change): LayersState {
	const { state, subject } = scene;
	switch (action.type) {
		case 'focus-next':
			return focusNext(state, action.direction);
		case 'point':
			return pointed(scene, action);
		case 'show-files':
			return { ...state, focus: 'files' };
		case 'focus-filtered':
			return { ...beginFilter(state), focus: 'files' };
		case 'filter-kept':
			return withTopOfFile(keepFilter(state, fileRows(scene)));
		case 'next-scope':
			return { ...state, scope: nextScope(state.scope) };
		case 'set-scope':
			return { ...state, scope: action.scope };
		case 'set-mark':
			return { ...state, mark: state.mark === state.layer + 1 ? null : state.layer + 1 };
		case 'go-to-next':
			return goToNext(scene, action.direction);
		case 'toggle-zoom':
			return { ...state, isZoomed: !state.isZoomed };
		case 'widen':
			return { ...state, widening: wideningOf(state.widening + action.by) };
		case 'show-node':
			return action.node === 0 ? showLayer(scene, action.layer) : showNode(state, subject, action);
		case 'step-out':
			return stepOut(state, subject);
		case 'filter':
			return action.text === ''
				? beginFilter(leaveFilter(state, subject.tree))
				: filtered(state, subject, action.text);
		case 'layer-asked':
			return state;
		case 'image-prepared':
			return { ...state, isImagePrepared: true };
		case 'go-out':
			return goOut(scene);
		default:
			return withTopOfFile(updateTree(state, action, { rows: () => fileRows(scene), orders }));
	}
}

function focusNext(state: LayersState, direction: 1 | -1): LayersState {
	const index = layersPanes.indexOf(state.focus) + direction + layersPanes.length;
	return { ...state, focus: layersPanes[index % layersPanes.length] };
}

function filtered(state: LayersState, { tree, details }: LayersImage, text: string): LayersState {
	return withTopOfFile({ ...state, filter: applyFilter(tree, text, { owners: ownersOf(details) }) });
}

/** Out of the filter, the zoom, or a pane. */
function stepOut(state: LayersState, subject: LayersImage): LayersState {
	if (state.filter.text !== '') return leaveFilter(state, subject.tree);
	if (state.isZoomed) return { ...state, isZoomed: false };
	return state.focus === 'layers' ? state : { ...state, focus: 'layers' };
}

/** At the root there is nothing to close: back to the layers. */
function goOut(scene: LayersScene): LayersState {
	const { state } = scene;
	const rows = fileRows(scene);
	const next = updateTree(state, { type: 'go-out' }, { rows: () => rows, orders });
	const { node, projection } = rows;
	const isAtRoot = node === null || projection.index.flat !== null || rowAbove(projection.index, node) === 0;
	return next === state && isAtRoot ? { ...state, focus: 'layers' } : withTopOfFile(next);
}

/** A layer with the cursor on a node, whatever was hidden or closed. */
function showNode(state: LayersState, { tree }: LayersImage, { node, layer }: FilePlace): LayersState {
	const isChanged = kindAt({ tree, from: layer, to: layer + 1 }, node) > UNCHANGED;
	return {
		...toLayer(state, layer),
		scope: 'layer',
		focus: 'files',
		isFlat: false,
		filter: noFilter,
		hideUnchanged: state.hideUnchanged && isChanged,
		cursor: node,
		folds: openedTo(state.folds, tree, node),
	};
}

/** A layer with the cursor on the first path that it changed. */
function showLayer(scene: LayersScene, layer: number): LayersState {
	const state: LayersState = {
		...toLayer(scene.state, layer),
		scope: 'layer',
		focus: 'files',
		isFlat: false,
		filter: noFilter,
		cursor: 0,
	};
	return { ...state, cursor: firstChange({ ...scene, state }) ?? 0 };
}

function pointed(scene: LayersScene, { pane, line, cell }: PanePlace): LayersState {
	const focus = layersPanes.find((each) => each === pane) ?? scene.state.focus;
	const state = { ...scene.state, focus };
	if (line === TITLE_LINE && focus === 'files') return sortedBy(scene, state, cell);
	if (line === null || line < 0) return state;
	if (focus === 'files') return withTopOfFile(pointInTree(state, fileRows(scene), line));
	if (focus !== 'layers') return state;
	const row = listRows(scene.subject).at(topOf(layerList(scene)) + line);
	if (row?.kind !== 'layer' || row.layer === state.layer) return state;
	return toLayer({ ...state, lines: { ...state.lines, layers: line } }, row.layer);
}

/** The titles of columns, and what a click on each sorts by. */
const columnOrders: readonly (readonly [title: string, order: SortOrder])[] = [
	['ships', 'change'],
	['lost', 'change'],
	['after', 'new-size'],
	['name', 'name'],
];

/** Sorts by a column, or the other way round. */
function sortedBy(scene: LayersScene, state: LayersState, cell: number): LayersState {
	const { width } = arrangementOf(scene).panes.files;
	const head = treeHead(treeColumns(scene.subject.tree, width - 1), state);
	const titles = columnOrders.map(([title]) => title);
	const column = wordAt(head, titles, cell);
	if (column === null) return state;
	const [, order] = columnOrders[column];
	return withTopOfFile({ ...state, order, isReversed: order === state.order && !state.isReversed });
}
