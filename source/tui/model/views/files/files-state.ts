import type { FileTree } from '../../../../filetree/file-tree.ts';
import { nodeOfSamePath } from '../../../../filetree/same-path.ts';
import { applyFilter, type Filter, noFilter } from '../../filter/filter.ts';
import type { SortOrder } from '../../rows/child-order.ts';
import { type Folds, noFolds, renumberedFolds } from '../../rows/folds.ts';
import type { Projection, ProjectionKey } from '../../rows/projection.ts';
import { Projector } from '../../rows/projector.ts';
import type { ImageChange, Scene, ViewImage, ViewStep } from '../view.ts';
import type { FilesAction } from './files-action.ts';
import type { FilesLayout, FilesPane } from './files-layout.ts';

/** What is compared: a layer with the layers below it, or everything up to a layer with an empty image. */
export type Scope = 'layer' | 'up-to-layer';

export function otherScope(scope: Scope): Scope {
	return scope === 'layer' ? 'up-to-layer' : 'layer';
}

/** The figures that the view reads. */
export const filesNeeds = [
	'layers',
	'storedBytes',
	'totalBytes',
	'wastedBytes',
	'efficiency',
	'base',
	'wastedPaths',
] as const;

export interface FilesState {
	/** Computes the rows of the file tree and caches the latest ones. */
	readonly projector: Projector;
	readonly focus: FilesPane;
	/** The selected layer, 0-based. */
	readonly layer: number;
	readonly scope: Scope;
	readonly order: SortOrder;
	readonly hideUnchanged: boolean;
	readonly folds: Folds;
	readonly filter: Filter;
	/**
	 * The node that the user last went to; the root at first. It stays the same while it has no row in the comparison shown, so that
	 * the cursor comes back to it: see `cursorNode`.
	 */
	readonly cursor: number;
	/** The line of its window that the cursor of each list is on. */
	readonly lines: { readonly layers: number; readonly files: number };
	/** The first visible line of the details. */
	readonly detailsTop: number;
	/** Whether `prepare-image` has been answered. */
	readonly isImagePrepared: boolean;
}

/** The types of this view. */
export interface FilesTypes {
	readonly state: FilesState;
	readonly action: FilesAction;
	readonly pane: FilesPane;
	readonly layout: FilesLayout;
	readonly needs: (typeof filesNeeds)[number];
}

export type FilesImage = ViewImage<FilesTypes>;
export type FilesScene = Scene<FilesTypes>;
export type FilesStep = ViewStep<FilesTypes>;
/** What the view shows, whatever its layout. */
export type FilesContent = Pick<FilesScene, 'state' | 'image'>;

export function initialFiles({ tree }: FilesImage): FilesState {
	return {
		projector: new Projector(tree),
		focus: 'layers',
		layer: 0,
		scope: 'layer',
		order: 'name',
		hideUnchanged: false,
		folds: noFolds,
		filter: noFilter,
		cursor: 0,
		lines: { layers: 0, files: 0 },
		detailsTop: 0,
		isImagePrepared: false,
	};
}

/** The state for the same image, worked out further. */
export function followImage(state: FilesState, { before, image }: ImageChange<FilesTypes>): FilesState {
	const projector = new Projector(image.tree, state.projector);
	const next = { ...state, projector, isImagePrepared: false };
	// Once all layers have been read, nodes keep their numbers.
	return before.stage.kind === 'reading' ? withNodesOf(next, before.tree, image.tree) : next;
}

/** The state with its nodes replaced by those of the same paths in another tree. */
function withNodesOf(state: FilesState, before: FileTree, tree: FileTree): FilesState {
	const nodeOf = (node: number): number | null => nodeOfSamePath(before, node, tree);
	const filter = applyFilter(tree, state.filter.text);
	return {
		...state,
		cursor: nodeOf(state.cursor) ?? 0,
		folds: renumberedFolds(state.folds, nodeOf),
		filter: { ...filter, folds: renumberedFolds(state.filter.folds, nodeOf) },
	};
}

/** The rows of the file tree in this state. */
export function projectionOf(content: FilesContent): Projection {
	return content.state.projector.project(projectionKey(content));
}

/** What determines the rows in this state. */
export function projectionKey({ state, image }: FilesContent): ProjectionKey {
	const { layer, scope, order, hideUnchanged, filter } = state;
	const to = Math.min(layer + 1, image.tree.layerCount);
	const from = scope === 'layer' ? Math.max(0, to - 1) : 0;
	return { from, to, order, hideUnchanged, folds: foldsOf(state), matches: filter.matches };
}

/** While a filter is on, what the user opens and closes belongs to the filter and goes away with it. */
export function foldsOf({ filter, folds }: FilesState): Folds {
	return filter.matches === null ? folds : filter.folds;
}

export function withFolds(state: FilesState, folds: Folds): FilesState {
	return state.filter.matches === null
		? { ...state, folds }
		: { ...state, filter: { ...state.filter, folds } };
}
