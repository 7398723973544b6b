import { ABSENT, METADATA, UNCHANGED } from '../../../filetree/file-tree.ts';
import { MATCH, type RowRules } from './row-rules.ts';

/** Room to work in, of `nodeCount` items, that is used again for each count. */
export interface RowScratch {
	readonly visited: Int32Array;
	/** All zero between two counts. */
	readonly foldCodes: Uint8Array;
}

const OPEN = 1;
const CLOSED = 2;

export function createRowScratch(nodeCount: number): RowScratch {
	return { visited: new Int32Array(nodeCount), foldCodes: new Uint8Array(nodeCount) };
}

/**
 * Counts the rows of every subtree into `counts`: how many the node and all below it have; 0 for a node without a row. Node 0 counts
 * all rows and has none itself. What is below a closed directory is jumped over, so that the time grows with the number of rows.
 * The rules are those of `isShown` and `isOpen`, written out: this is the one loop that runs over up to a million nodes for a key.
 */
export function countRows(rules: RowRules, counts: Uint32Array, { visited, foldCodes }: RowScratch): void {
	const { comparison, folds, hideUnchanged, marks } = rules;
	const { kinds, changedCounts, tree } = comparison;
	const { nodeCount, subtreeEnds } = tree;
	for (const [node, fold] of folds) foldCodes[node] = fold === 'open' ? OPEN : CLOSED;
	// Below a match everything is shown, unless the user closed something or wants changes only.
	const showsWholeMatches = folds.size === 0 && !hideUnchanged;
	let visitedCount = 0;
	let matchEnd = 0;
	for (let node = 1; node < nodeCount; ) {
		const kind = kinds[node];
		const end = subtreeEnds[node];
		if (kind === ABSENT || (hideUnchanged && changedCounts[node] === 0)) {
			node = end;
			continue;
		}
		if (marks !== null && node >= matchEnd) {
			if (marks[node] === 0) {
				node = end;
				continue;
			}
			if (marks[node] === MATCH && showsWholeMatches) {
				visited[visitedCount++] = ~node;
				node = end;
				continue;
			}
			if (marks[node] === MATCH) matchEnd = end;
		}
		visited[visitedCount++] = node;
		const fold = foldCodes[node];
		const opens =
			fold === 0
				? marks !== null ||
					(kind === UNCHANGED ? changedCounts[node] > 0 : kind === METADATA && changedCounts[node] > 1)
				: fold === OPEN;
		node = opens ? node + 1 : end;
	}
	for (const node of folds.keys()) foldCodes[node] = 0;
	counts.fill(0);
	sumUp(counts, comparison, visited.subarray(0, visitedCount));
}

/** Adds every node to the one above it, the last one first. The complement of a node stands for all that is there at and below it. */
function sumUp(counts: Uint32Array, { kinds, tree }: RowRules['comparison'], visited: Int32Array): void {
	const { parents, subtreeEnds } = tree;
	for (let index = visited.length - 1; index >= 0; index--) {
		const entry = visited[index];
		if (entry >= 0) {
			counts[parents[entry]] += ++counts[entry];
			continue;
		}
		for (let node = subtreeEnds[~entry] - 1; node >= ~entry; node--) {
			if (kinds[node] !== ABSENT) counts[parents[node]] += ++counts[node];
		}
	}
}
