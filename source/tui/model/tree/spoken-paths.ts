import { type Comparison, changedCountAt } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { formatCount } from '../../../text/bytes.ts';
import { applyFilter, prepareFilter } from '../filter/filter.ts';
import type { SortOrder } from '../rows/child-order.ts';
import { noFolds } from '../rows/folds.ts';
import type { Projector } from '../rows/projector.ts';
import { rowsAt } from '../rows/row-window.ts';
import type { SpokenRows } from '../views/spoken.ts';
import type { Points } from './tree-state.ts';

export interface SpokenChanges extends Points {
	readonly tree: FileTree;
	readonly projector: Projector;
	readonly order: SortOrder;
	readonly filter: string;
	readonly empty: string;
	readonly rowOf: (node: number, comparison: Comparison) => string;
}

/** The rows, and the path that each is about. */
export interface SpokenPaths extends SpokenRows {
	readonly nodeAt: (position: number) => number;
}

/** The paths that differ between two points of a stack, one below the other, the greatest change first. They are valid until others are asked for. */
export function* spokenChanges(given: SpokenChanges): Steps<SpokenPaths> {
	const { tree, projector, order, from, to, empty, rowOf } = given;
	yield* prepareFilter(tree);
	const { matches, problem } = applyFilter(tree, given.filter);
	const choice = { order, isReversed: false, hideUnchanged: true, joins: false, isFlat: true } as const;
	const key = { from, to, ...choice, opening: 'all', folds: noFolds, matches } as const;
	yield* projector.prepare(key);
	const { comparison, index } = projector.project(key);
	const nodeAt = (position: number) => rowsAt(index, position, 1)[0].node;
	const count = index.flat?.nodes.length ?? 0;
	return {
		count,
		isEmpty: changedCountAt(comparison, 0) === 0,
		problem,
		empty,
		rowAt: (position) => `${formatCount(position + 1)}. ${rowOf(nodeAt(position), comparison)}`,
		nodeAt,
	};
}
