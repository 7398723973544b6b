import type { FileTree } from '../../../../filetree/file-tree.ts';
import { nodeOfSamePath } from '../../../../filetree/same-path.ts';
import { applyFilter } from '../../filter/filter.ts';
import { hasSameNodes, type OpenedImage } from '../../opened-image.ts';
import type { SortOrder } from '../../rows/child-order.ts';
import { renumberedFolds } from '../../rows/folds.ts';
import type { ProjectionKey } from '../../rows/projection.ts';
import { Projector } from '../../rows/projector.ts';
import { renumberedPlace } from '../../tree/filter-place.ts';
import { type TreeRows, treeRows } from '../../tree/tree-rows.ts';
import { initialTree, type Points, projectionKey, type TreeState } from '../../tree/tree-state.ts';
import type { Scene, SubjectChange, ViewStep } from '../view.ts';
import { type LayersAction, type Scope, scopes } from './layers-action.ts';
import {
	type Arrangement,
	arrange,
	type LayersLayout,
	type LayersPane,
	type LayoutChoice,
} from './layers-layout.ts';

export function nextScope(scope: Scope): Scope {
	return scopes[(scopes.indexOf(scope) + 1) % scopes.length];
}

/** What `s` sorts by, one after the other. */
export const orders: readonly SortOrder[] = ['change', 'name', 'new-size'];

/** The figures that the view reads. It is given no others. */
type LayersNeeds =
	| 'layers'
	| 'storedBytes'
	| 'totalBytes'
	| 'wastedBytes'
	| 'efficiency'
	| 'base'
	| 'wastedPaths';

export interface LayersState extends TreeState, LayoutChoice {
	/** The selected layer, 0-based. */
	readonly layer: number;
	readonly scope: Scope;
	/** How many of the lowest layers changes are counted since, where the user chose it; null for the base. */
	readonly mark: number | null;
	/** The line of its window that the cursor of each list is on. */
	readonly lines: { readonly layers: number; readonly files: number };
	/** The first visible line of the details. */
	readonly tops: Readonly<Record<'layer details' | 'file details', number>>;
	/** Whether `prepare-image` has been answered. */
	readonly isImagePrepared: boolean;
}

/** The types of this view. */
export interface LayersTypes {
	readonly state: LayersState;
	readonly action: LayersAction;
	readonly pane: LayersPane;
	readonly layout: LayersLayout;
	readonly subject: LayersImage;
}

export type LayersImage = Omit<OpenedImage, 'figures'> & {
	readonly figures: Pick<OpenedImage['figures'], LayersNeeds>;
};
export type LayersScene = Scene<LayersTypes>;
export type LayersStep = ViewStep<LayersTypes>;
/** What the view shows, whatever its layout. */
export type LayersContent = Pick<LayersScene, 'state' | 'subject'>;

/** Whoever opens a container wants to know what it wrote. */
export function initialLayers({ tree, isContainer }: LayersImage): LayersState {
	return {
		...initialTree(new Projector(tree)),
		order: 'change',
		hideUnchanged: true,
		joins: true,
		focus: 'layers',
		isZoomed: false,
		widening: 0,
		layer: isContainer ? Math.max(0, tree.layerCount - 1) : 0,
		scope: 'layer',
		mark: null,
		lines: { layers: 0, files: 0 },
		tops: { 'layer details': 0, 'file details': 0 },
		isImagePrepared: false,
	};
}

/** The state for the same image, worked out further. */
export function followImage(
	state: LayersState,
	{ before, subject }: SubjectChange<LayersTypes>,
): LayersState {
	const projector = new Projector(subject.tree, { reuse: state.projector });
	const next = { ...state, ...placeIn(state, subject), projector, isImagePrepared: false };
	return hasSameNodes(before, subject) ? next : withNodesOf(next, before.tree, subject.tree);
}

/** An engine may have told of another number of layers than the image turns out to have. */
function placeIn({ layer, mark }: LayersState, { tree }: LayersImage): Pick<LayersState, 'layer' | 'mark'> {
	return {
		layer: Math.min(layer, Math.max(0, tree.layerCount - 1)),
		mark: mark === null ? null : Math.min(mark, tree.layerCount),
	};
}

/** The state with its nodes replaced by those of the same paths in another tree. */
function withNodesOf(state: LayersState, before: FileTree, tree: FileTree): LayersState {
	const nodeOf = (node: number): number | null => nodeOfSamePath(before, node, tree);
	const filter = applyFilter(tree, state.filter.text);
	return {
		...state,
		cursor: nodeOf(state.cursor) ?? 0,
		filterPlace: renumberedPlace(state.filterPlace, nodeOf),
		folds: renumberedFolds(state.folds, nodeOf),
		filter: { ...filter, folds: renumberedFolds(state.filter.folds, nodeOf) },
	};
}

/** The panes on the screen. */
export function arrangementOf({ layout, state }: Pick<LayersScene, 'layout' | 'state'>): Arrangement {
	return arrange(layout, state);
}

/** The rows of the file tree in this state. */
export function fileRows(scene: LayersScene): TreeRows {
	return treeRows(scene.state, pointsOf(scene), arrangementOf(scene).panes.files.height);
}

/** What determines the rows in this state. */
export function layersKey({ state, subject }: LayersContent): ProjectionKey {
	return projectionKey(state, pointsOf({ state, subject }));
}

/** How many of the lowest layers changes are counted since. */
export function markOf({ state: { mark }, subject }: LayersContent): number {
	return mark ?? subject.figures.base.layerCount;
}

/** Whether what is shown is what changed since the mark; of a layer at or below it, what that layer did is shown instead. */
export function isSinceMark(content: LayersContent): boolean {
	return content.state.scope === 'since' && content.state.layer >= markOf(content);
}

/** The two points that are compared. */
export function pointsOf(content: LayersContent): Points {
	const { state, subject } = content;
	const to = Math.min(state.layer + 1, subject.tree.layerCount);
	if (state.scope === 'up-to-layer') return { from: 0, to };
	return { from: isSinceMark(content) ? Math.min(markOf(content), to) : Math.max(0, to - 1), to };
}
