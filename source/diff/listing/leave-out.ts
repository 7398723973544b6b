import { NO_ENTRY } from '../../filetree/file-tree.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { ImageDifference } from '../image-difference.ts';
import type { Moves } from '../merge/moves.ts';
import { findDifferences } from './file-differences.ts';
import { isIgnoredBy } from './select-differences.ts';

/** A difference as a tree shows it: without some of its nodes. */
export interface ReducedDifference {
	readonly difference: ImageDifference;
	/** Whether a node of the merged tree is left out; null where none is. */
	readonly isLeftOut: ((node: number) => boolean) | null;
}

const NODES_A_STEP = 1024;

/**
 * The difference without the paths that globs match: they are not listed, not counted, and nothing moved from or to them. Its tree still
 * has them. A folder of which a part stays in its old place did not move as a whole: what is in it moved one by one.
 */
export function* leaveOut(difference: ImageDifference, ignore: readonly string[]): Steps<ReducedDifference> {
	if (ignore.length === 0) return { difference, isLeftOut: null };
	const isLeftOut = isIgnoredBy(difference.tree, ignore);
	const moves = yield* keptMoves(difference, isLeftOut);
	const files = yield* findDifferences({ ...difference, moves }, (node) => !isLeftOut(node));
	return { difference: { ...difference, moves, files }, isLeftOut };
}

function* keptMoves({ tree, moves }: ImageDifference, isLeftOut: (node: number) => boolean): Steps<Moves> {
	const { parents, nodeCount } = tree;
	const movedTo = moves.movedTo.slice();
	const movedFrom = moves.movedFrom.slice();
	const forget = (from: number): void => {
		movedFrom[movedTo[from]] = NO_ENTRY;
		movedTo[from] = NO_ENTRY;
	};
	yield* inParts(nodeCount, NODES_A_STEP, (start, end) => {
		for (let from = start; from < end; from++) {
			const to = movedTo[from];
			if (to === NO_ENTRY) continue;
			const isKept = !isLeftOut(from);
			if (isKept && !isLeftOut(to)) continue;
			forget(from);
			// What is listed as removed needs the folders that it was in.
			for (let above = parents[from]; isKept && movedTo[above] !== NO_ENTRY; above = parents[above])
				forget(above);
		}
	});
	return { movedTo, movedFrom };
}
