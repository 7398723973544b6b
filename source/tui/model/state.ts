import { nodeOfSamePath } from '../../filetree/same-path.ts';
import { applyFilter, type Filter, noFilter } from './filter/filter.ts';
import type { PaneId, Size } from './layout.ts';
import type { OpenedImage } from './opened-image.ts';
import type { ReadingProgress } from './reading.ts';
import type { SortOrder } from './rows/child-order.ts';
import { type Folds, noFolds, renumberedFolds } from './rows/folds.ts';
import type { Projection, ProjectionKey } from './rows/projection.ts';
import { Projector } from './rows/projector.ts';
import type { TextInput } from './text-input.ts';

/** What is compared: a layer with what is below it, or everything up to a layer with the empty image. */
export type Scope = 'layer' | 'up-to-layer';

export function otherScope(scope: Scope): Scope {
	return scope === 'layer' ? 'up-to-layer' : 'layer';
}

/** Something to be done outside of the model. One place runs effects. */
export type Effect =
	| { readonly type: 'leave' }
	/** Work out ahead of time what the user is likely to look at next; to be done when there is nothing else to do. */
	| { readonly type: 'prepare'; readonly key: ProjectionKey }
	/** The same for what is of use wherever the user goes in the image. */
	| { readonly type: 'prepare-image' };

/** All that the screen depends on. */
export interface ExplorerState {
	readonly image: OpenedImage;
	/** Works out the rows of the file tree and remembers the last ones. */
	readonly projector: Projector;
	readonly size: Size;
	readonly focus: PaneId;
	/** The selected layer, 0-based. */
	readonly layer: number;
	readonly scope: Scope;
	readonly order: SortOrder;
	readonly hideUnchanged: boolean;
	readonly folds: Folds;
	readonly filter: Filter;
	/** The filter while it is being typed. */
	readonly prompt: TextInput | null;
	/**
	 * The path that the user last went to, as a node of the tree; the root before the user went anywhere. It stays when it has no
	 * row in the comparison shown, so that the cursor comes back to it: see `cursorNode`.
	 */
	readonly cursor: number;
	/** The lines of their windows on which the cursors of the lists stand. */
	readonly lines: { readonly layers: number; readonly files: number };
	/** The first line of the details and of the help that is shown. */
	readonly tops: { readonly details: number; readonly help: number };
	readonly helpOpen: boolean;
	/** What the last action asked for. */
	readonly effects: readonly Effect[];
}

export function initialState(image: OpenedImage, size: Size): ExplorerState {
	const state: ExplorerState = {
		image,
		projector: new Projector(image.tree),
		size,
		focus: 'layers',
		layer: 0,
		scope: 'layer',
		order: 'name',
		hideUnchanged: false,
		folds: noFolds,
		filter: noFilter,
		prompt: null,
		cursor: 0,
		lines: { layers: 0, files: 0 },
		tops: { details: 0, help: 0 },
		helpOpen: false,
		effects: [],
	};
	return { ...state, effects: firstEffects(state) };
}

/** Layers are mostly looked at from the lowest one up. While an image is still being worked out there is better to do. */
function firstEffects(state: ExplorerState): readonly Effect[] {
	if (state.image.stage.kind !== 'complete') return [];
	const next = { ...state, layer: state.layer + 1 };
	return [{ type: 'prepare', key: projectionKey(next) }, { type: 'prepare-image' }];
}

/** The same image, worked out further. The user stays where they are. */
export function withImage(state: ExplorerState, image: OpenedImage): ExplorerState {
	const next = { ...state, image, projector: new Projector(image.tree, state.projector) };
	// Once all layers are there, nodes keep their numbers.
	const moved = state.image.stage.kind === 'reading' ? withNodesOf(next, state) : next;
	return { ...moved, effects: firstEffects(moved) };
}

/** The state with its nodes found again in the tree of its image by their paths. */
function withNodesOf(state: ExplorerState, before: ExplorerState): ExplorerState {
	const { tree } = state.image;
	const nodeOf = (node: number): number | null => nodeOfSamePath(before.image.tree, node, tree);
	const filter = applyFilter(tree, before.filter.text);
	return {
		...state,
		cursor: nodeOf(before.cursor) ?? 0,
		folds: renumberedFolds(before.folds, nodeOf),
		filter: { ...filter, folds: renumberedFolds(before.filter.folds, nodeOf) },
	};
}

/** The state with how far reading is, as long as layers are read. */
export function withProgress(state: ExplorerState, progress: ReadingProgress): ExplorerState {
	const { stage } = state.image;
	if (stage.kind !== 'reading') return state;
	return { ...state, image: { ...state.image, stage: { ...stage, progress } } };
}

/** The rows of the file tree in this state. */
export function projectionOf(state: ExplorerState): Projection {
	return state.projector.project(projectionKey(state));
}

/** What decides which rows there are in this state. */
export function projectionKey(state: ExplorerState): ProjectionKey {
	const { image, layer, scope, order, hideUnchanged, filter } = state;
	const to = Math.min(layer + 1, image.tree.layerCount);
	const from = scope === 'layer' ? Math.max(0, to - 1) : 0;
	return { from, to, order, hideUnchanged, folds: foldsOf(state), matches: filter.matches };
}

/** While a filter is on, opening and closing is kept with the filter, and forgotten with it. */
export function foldsOf(state: ExplorerState): Folds {
	return state.filter.matches === null ? state.folds : state.filter.folds;
}

export function withFolds(state: ExplorerState, folds: Folds): ExplorerState {
	return state.filter.matches === null
		? { ...state, folds }
		: { ...state, filter: { ...state.filter, folds } };
}

export function withFilter(state: ExplorerState, text: string): ExplorerState {
	return { ...state, filter: applyFilter(state.image.tree, text) };
}
