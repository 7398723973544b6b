import type { FileTree } from '../../../../filetree/file-tree.ts';
import { nodeOfSamePath } from '../../../../filetree/same-path.ts';
import { applyFilter } from '../../filter/filter.ts';
import type { OpenedImage } from '../../opened-image.ts';
import { renumberedFolds } from '../../rows/folds.ts';
import type { ProjectionKey } from '../../rows/projection.ts';
import { Projector } from '../../rows/projector.ts';
import { type TreeRows, treeRows } from '../../tree/tree-rows.ts';
import { initialTree, type Points, projectionKey, type TreeState } from '../../tree/tree-state.ts';
import type { Scene, SubjectChange, ViewStep } from '../view.ts';
import type { FilesAction } from './files-action.ts';
import type { FilesLayout, FilesPane } from './files-layout.ts';

/** What is compared: a layer with the layers below it, or everything up to a layer with an empty image. */
export type Scope = 'layer' | 'up-to-layer';

export function otherScope(scope: Scope): Scope {
	return scope === 'layer' ? 'up-to-layer' : 'layer';
}

/** The figures that the view reads. It is given no others. */
type FilesNeeds =
	| 'layers'
	| 'storedBytes'
	| 'totalBytes'
	| 'wastedBytes'
	| 'efficiency'
	| 'base'
	| 'wastedPaths';

export interface FilesState extends TreeState {
	readonly focus: FilesPane;
	/** The selected layer, 0-based. */
	readonly layer: number;
	readonly scope: Scope;
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
	readonly subject: FilesImage;
}

export type FilesImage = Omit<OpenedImage, 'figures'> & {
	readonly figures: Pick<OpenedImage['figures'], FilesNeeds>;
};
export type FilesScene = Scene<FilesTypes>;
export type FilesStep = ViewStep<FilesTypes>;
/** What the view shows, whatever its layout. */
export type FilesContent = Pick<FilesScene, 'state' | 'subject'>;

export function initialFiles({ tree }: FilesImage): FilesState {
	return {
		...initialTree(new Projector(tree)),
		focus: 'layers',
		layer: 0,
		scope: 'layer',
		lines: { layers: 0, files: 0 },
		detailsTop: 0,
		isImagePrepared: false,
	};
}

/** The state for the same image, worked out further. */
export function followImage(state: FilesState, { before, subject }: SubjectChange<FilesTypes>): FilesState {
	const projector = new Projector(subject.tree, { reuse: state.projector });
	const next = { ...state, projector, isImagePrepared: false };
	// Once all layers have been read, nodes keep their numbers.
	return before.stage.kind === 'reading' ? withNodesOf(next, before.tree, subject.tree) : next;
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
export function fileRows({ state, subject, layout }: FilesScene): TreeRows {
	return treeRows(state, pointsOf({ state, subject }), layout.panes.files.height);
}

/** What determines the rows in this state. */
export function filesKey({ state, subject }: FilesContent): ProjectionKey {
	return projectionKey(state, pointsOf({ state, subject }));
}

function pointsOf({ state: { layer, scope }, subject }: FilesContent): Points {
	const to = Math.min(layer + 1, subject.tree.layerCount);
	return { from: scope === 'layer' ? Math.max(0, to - 1) : 0, to };
}
