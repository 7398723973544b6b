import type { Comparison } from '../../../../../filetree/comparison.ts';
import { lostAt, shippedAt } from '../../../../../filetree/node-amounts.ts';
import type { Projection } from '../../../rows/projection.ts';

const largest = new WeakMap<Comparison, number>();

/** The greatest change of a path with a row at the top of the tree; bars are in proportion to it. A tree may have very many such paths. */
export function largestChange({ sums: comparison, rules: { marks } }: Projection): number {
	let most = largest.get(comparison);
	if (most === undefined) {
		most = 1;
		const { subtreeEnds, nodeCount } = comparison.tree;
		for (let node = 1; node < nodeCount; node = subtreeEnds[node])
			if (marks === null || marks[node] !== 0)
				most = Math.max(most, shippedAt(comparison, node), lostAt(comparison, node));
		largest.set(comparison, most);
	}
	return most;
}
