import { kindAt } from '../../../filetree/comparison.ts';
import { UNCHANGED } from '../../../filetree/file-tree.ts';
import type { Projection } from '../rows/projection.ts';
import { LONE_MATCH } from '../rows/row-rules.ts';
import { rowsAt } from '../rows/row-window.ts';

const ROWS_AT_ONCE = 256;

/** Whether the cursor stops at a node on its way to the next match or change. */
export type IsStop = (node: number) => boolean;

/** The matches of the filter; without one, what changed itself. */
export function stopsIn({ comparison, rules: { marks } }: Projection): IsStop {
	if (marks !== null) return (node) => marks[node] >= LONE_MATCH;
	return (node) => kindAt(comparison, node) > UNCHANGED;
}

/** The nearest node to stop at behind a row, or before it; null where there is none. */
export function nextStop(
	{ index, rowCount }: Projection,
	{ row, direction }: { readonly row: number; readonly direction: 1 | -1 },
	isStop: IsStop,
): number | null {
	if (direction === 1) {
		for (let start = row + 1; start < rowCount; start += ROWS_AT_ONCE) {
			const found = rowsAt(index, start, ROWS_AT_ONCE).find(({ node }) => isStop(node));
			if (found !== undefined) return found.node;
		}
		return null;
	}
	for (let end = row; end > 0; end -= ROWS_AT_ONCE) {
		const start = Math.max(0, end - ROWS_AT_ONCE);
		const found = rowsAt(index, start, end - start).findLast(({ node }) => isStop(node));
		if (found !== undefined) return found.node;
	}
	return null;
}
