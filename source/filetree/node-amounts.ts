import {
	bytesAfterAt,
	bytesBeforeAt,
	type Comparison,
	changeBefore,
	kindAt,
	lostAt,
	shippedAt,
} from './comparison.ts';
import { CONTENT, type FileTree, NO_ENTRY, REMOVED } from './file-tree.ts';

/** Regular-file bytes of a node in a comparison, as `bytesAfterAt`, `bytesBeforeAt`, `shippedAt` and `lostAt` have them. */
export interface NodeAmounts {
	after: number;
	before: number;
	shipped: number;
	lost: number;
}

/** What a node and all below it carry; `before` is 0 for a directory of a comparison that was made without. */
export function amountsAt(comparison: Comparison, node: number, into: NodeAmounts): void {
	if (comparison.innerNumbers[node] < 0) {
		ownAmountsAt(comparison, node, into);
		return;
	}
	into.after = bytesAfterAt(comparison, node);
	into.before = comparison.before === null ? 0 : bytesBeforeAt(comparison, node);
	into.shipped = shippedAt(comparison, node);
	into.lost = lostAt(comparison, node);
}

/** What a node carries without what is below it. */
export function ownAmountsAt(comparison: Comparison, node: number, into: NodeAmounts): void {
	const { tree, from, to } = comparison;
	const { changeLayers, changeStarts } = tree;
	const after = changeBefore(tree, node, to);
	into.after = bytesOf(tree, after);
	const isSince = after >= 0 && changeLayers[after] >= from;
	into.shipped = isSince ? into.after : 0;
	into.before = isSince ? 0 : into.after;
	into.lost = 0;
	if (!isSince || after === changeStarts[node]) return;
	into.before = bytesOf(tree, changeBefore(tree, node, from));
	const kind = kindAt(comparison, node);
	if (comparison.past !== null && (kind === REMOVED || kind === CONTENT)) into.lost = into.before;
}

function bytesOf({ changeEntries, changeBytes }: FileTree, change: number): number {
	return change >= 0 && changeEntries[change] !== NO_ENTRY ? changeBytes[change] : 0;
}
