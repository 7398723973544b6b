import { changedCountAt } from '../../../../../filetree/comparison.ts';
import { NO_ENTRY } from '../../../../../filetree/file-tree.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import type { SortOrder } from '../../../rows/child-order.ts';
import { type Folds, noFolds, withFold } from '../../../rows/folds.ts';
import { Projector } from '../../../rows/projector.ts';
import type { TreeAction } from '../../../tree/tree-keys.ts';
import { type TreeRows, treeRows } from '../../../tree/tree-rows.ts';
import { initialTree, type Points, type TreeState } from '../../../tree/tree-state.ts';
import type { TwoPaneLayout } from '../../list/two-panes/layout.ts';
import { initialTwoPanes, type TwoPaneState } from '../../list/two-panes/state.ts';
import type { Scene } from '../../view.ts';

export type ChangedFilesPane = 'changed files' | 'changed file';

/** What `s` sorts by, one after the other. */
export const orders: readonly SortOrder[] = ['delta', 'name', 'new-size'];

export interface ChangedFilesState extends TreeState, TwoPaneState {
	/** Whether `prepare-difference` has been answered. */
	readonly isPrepared: boolean;
}

export type ChangedFilesAction =
	| TreeAction
	| { readonly type: 'go-to-next'; readonly direction: 1 | -1 }
	/** Goes to a path, whatever was hidden or closed. */
	| { readonly type: 'show-node'; readonly node: number }
	/** The answer to `prepare-difference`. */
	| { readonly type: 'difference-prepared' };

/** The types of this view. */
export interface ChangedFilesTypes {
	readonly subject: OpenedDifference;
	readonly state: ChangedFilesState;
	readonly action: ChangedFilesAction;
	readonly pane: ChangedFilesPane;
	readonly layout: TwoPaneLayout;
}

export type ChangedFilesScene = Scene<ChangedFilesTypes>;

export function initialChangedFiles(subject: OpenedDifference): ChangedFilesState {
	const { tree, comparison } = subject;
	const cursor = startNode(subject);
	return {
		...initialTree(new Projector(tree, { comparison })),
		...initialTwoPanes,
		order: 'delta',
		// A folder that the user names is shown even if nothing changed in it.
		hideUnchanged: cursor === 0 || changedCountAt(comparison, cursor) > 0,
		cursor,
		folds: openedTo(tree, cursor),
		lines: { files: 0 },
		isPrepared: false,
	};
}

/** The folder that the user asked for, where it is now; the root without one. */
function startNode({ start: { folder }, moves }: OpenedDifference): number {
	if (folder === null) return 0;
	const movedTo = moves.movedTo[folder];
	return movedTo === NO_ENTRY ? folder : movedTo;
}

/** Opens a folder and all above it. */
export function openedTo({ parents }: OpenedDifference['tree'], folder: number): Folds {
	let folds = noFolds;
	for (let node = folder; node > 0; node = parents[node]) folds = withFold(folds, node, 'open');
	return folds;
}

export function changedRows({ state, subject, layout }: ChangedFilesScene): TreeRows {
	return treeRows(state, pointsOf(subject), layout.panes.list.height);
}

function pointsOf({ oldLayerCount, tree }: OpenedDifference): Points {
	return { from: oldLayerCount, to: tree.layerCount };
}
