import { childOrder } from './child-order.ts';
import { isInMatch, isShown, type RowRules } from './row-rules.ts';

/** Whether the node has something to open. */
export function hasRowsBelow(rules: RowRules, node: number): boolean {
	const { tree } = rules.comparison;
	if (tree.subtreeEnds[node] === node + 1) return false;
	const inMatch = isInMatch(rules, node);
	const next = childOrder(rules.comparison, { order: 'name', isReversed: false }).children(node);
	for (let child = next(); child !== -1; child = next()) {
		if (isShown(rules, child, inMatch)) return true;
	}
	return false;
}
