import type { OpenedDifference } from '../../../opened-difference.ts';
import type { SortOrder } from '../../../rows/child-order.ts';
import { Projector } from '../../../rows/projector.ts';
import type { TreeAction } from '../../../tree/tree-keys.ts';
import { type TreeRows, treeRows } from '../../../tree/tree-rows.ts';
import { initialTree, type Points, type TreeState } from '../../../tree/tree-state.ts';
import type { Scene } from '../../view.ts';
import type { PairLayout } from '../pair-layout.ts';
import { initialPair, type PairState } from '../pair-state.ts';

export type ChangedFilesPane = 'changed files' | 'changed file';

/** What `s` sorts by, one after the other. */
export const orders: readonly SortOrder[] = ['delta', 'name', 'new-size'];

export interface ChangedFilesState extends TreeState, PairState {
	/** Whether `prepare-difference` has been answered. */
	readonly isPrepared: boolean;
}

export type ChangedFilesAction =
	| TreeAction
	/** The answer to `prepare-difference`. */
	| { readonly type: 'difference-prepared' };

/** The types of this view. */
export interface ChangedFilesTypes {
	readonly subject: OpenedDifference;
	readonly state: ChangedFilesState;
	readonly action: ChangedFilesAction;
	readonly pane: ChangedFilesPane;
	readonly layout: PairLayout;
}

export type ChangedFilesScene = Scene<ChangedFilesTypes>;

export function initialChangedFiles({ tree, comparison }: OpenedDifference): ChangedFilesState {
	return {
		...initialTree(new Projector(tree, { comparison })),
		...initialPair,
		order: 'delta',
		hideUnchanged: true,
		lines: { files: 0 },
		isPrepared: false,
	};
}

export function changedRows({ state, subject, layout }: ChangedFilesScene): TreeRows {
	return treeRows(state, pointsOf(subject), layout.panes.list.height);
}

function pointsOf({ oldLayerCount, tree }: OpenedDifference): Points {
	return { from: oldLayerCount, to: tree.layerCount };
}
