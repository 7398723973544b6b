import { discard, withRoom } from '../../../columns/grow.ts';
import { nodeCountAt } from '../../../filetree/comparison.ts';
import type { Steps } from '../../../steps.ts';
import { isJoined, isOpen, isShown, MATCH, markOfMatch, type RowRules, WHOLE_MATCH } from './row-rules.ts';

/** Where rows are counted: into a column with an item for every node. */
export interface RowCounting {
	readonly rules: RowRules;
	readonly counts: Uint32Array;
}

const NODES_A_STEP = 4096;

/**
 * Counts the rows of every subtree, including the node's own; 0 for a node without a row. Node 0 has no row, and its count is that of
 * all rows. Nodes below a closed directory are skipped, and so are those below a match of which everything is shown: it is marked as
 * whole, and the counts below it stay 0 (see `rowCountAt`). So the time grows with the number of the other rows.
 */
export function* countRows(counting: RowCounting): Steps<void> {
	const { nodeCount } = counting.rules.comparison.tree;
	counting.counts.fill(0);
	yield;
	yield* countRange(counting, 1, nodeCount);
}

/** Updates the counts after one directory was opened or closed, without a filter: only the rows below it change. */
export function* recountBelow(counting: RowCounting, directory: number): Steps<void> {
	const { counts, rules } = counting;
	const { parents, subtreeEnds } = rules.comparison.tree;
	const before = counts[directory];
	// The root is always open, and a node without a row has no rows below it.
	if (directory === 0 || before === 0) return;
	const end = subtreeEnds[directory];
	counts.fill(0, directory + 1, end);
	counts[directory] = 1;
	if (isOpen(rules, directory)) {
		const first = yield* countRange(counting, directory + 1, end);
		if (isAlone(counting, directory, first, 1)) counts[directory] -= 1;
	}
	const added = counts[directory] - before;
	for (let above = parents[directory]; above > 0; above = parents[above]) counts[above] += added;
	counts[0] += added;
}

/** Counts the rows of some siblings and of everything below them, and adds them to the directory above. Gives the first node with a row, -1 for none. */
function* countRange({ rules, counts }: RowCounting, start: number, end: number): Steps<number> {
	const walk = newWalk(rules, start);
	while (walk.node < end) {
		visitSome({ rules, counts }, walk, end);
		yield;
	}
	for (let last = walk.visitedCount; last > 0; last -= NODES_A_STEP) {
		sumUp({ rules, counts }, walk, { from: Math.max(0, last - NODES_A_STEP), to: last });
		yield;
	}
	const first = walk.visitedCount === 0 ? -1 : walk.visited[0];
	discard(walk.visited);
	return first;
}

/** The number of rows of a node and everything below it, once they are counted. */
export function rowCountAt(rules: RowRules, counts: Uint32Array, node: number): number {
	const count = counts[node];
	if (count > 0 || rules.marks === null || markOfMatch(rules, node) !== WHOLE_MATCH) return count;
	return nodeCountAt(rules.comparison, node);
}

/** A walk over the nodes that have a row, in their order. */
interface Walk {
	node: number;
	/** The nodes that have a row. */
	visited: Int32Array;
	visitedCount: number;
	/** The end of the match that the walk is in. */
	matchEnd: number;
	/** The folded nodes, ascending, and how many of them the walk has passed. */
	readonly folded: Int32Array;
	foldsPassed: number;
}

function newWalk({ folds }: RowRules, node: number): Walk {
	return {
		node,
		visited: new Int32Array(NODES_A_STEP),
		visitedCount: 0,
		matchEnd: 0,
		folded: Int32Array.from(folds.keys()).sort(),
		foldsPassed: 0,
	};
}

function visitSome({ rules, counts }: RowCounting, walk: Walk, rangeEnd: number): void {
	const { subtreeEnds } = rules.comparison.tree;
	walk.visited = withRoom(walk.visited, walk.visitedCount + NODES_A_STEP);
	const { visited } = walk;
	for (let left = NODES_A_STEP; left > 0 && walk.node < rangeEnd; left--) {
		const { node } = walk;
		const end = subtreeEnds[node];
		if (!isShown(rules, node, node < walk.matchEnd)) {
			walk.node = end;
			continue;
		}
		visited[walk.visitedCount++] = node;
		if (rules.marks !== null && node >= walk.matchEnd && rules.marks[node] === MATCH) {
			if (isShownWhole(rules, walk, end)) {
				rules.marks[node] = WHOLE_MATCH;
				counts[node] = nodeCountAt(rules.comparison, node) - 1;
				walk.node = end;
				continue;
			}
			walk.matchEnd = end;
		}
		walk.node = end === node + 1 || isOpen(rules, node) ? node + 1 : end;
	}
}

/** Everything below a match is shown, unless the user closed a directory in it or hides what did not change. */
function isShownWhole({ hideUnchanged, opening }: RowRules, walk: Walk, end: number): boolean {
	const { node, folded } = walk;
	while (walk.foldsPassed < folded.length && folded[walk.foldsPassed] < node) walk.foldsPassed += 1;
	const next = folded.at(walk.foldsPassed);
	return !hideUnchanged && opening !== 'none' && (next === undefined || next >= end);
}

/** Adds every node to the one above it, the last one first. */
function sumUp(
	counting: RowCounting,
	{ visited, visitedCount }: Walk,
	part: { readonly from: number; readonly to: number },
): void {
	const { counts, rules } = counting;
	const { parents } = rules.comparison.tree;
	for (let index = part.to - 1; index >= part.from; index--) {
		const node = visited[index];
		const next = index + 1 < visitedCount ? visited[index + 1] : -1;
		if (!isAlone(counting, node, next, 0)) counts[node] += 1;
		counts[parents[node]] += counts[node];
	}
}

/**
 * Whether the first node with a row in a directory is the only one, and stands for the directory. `own`: rows that are counted of the
 * directory itself.
 */
function isAlone({ rules, counts }: RowCounting, directory: number, first: number, own: number): boolean {
	if (!rules.joins || first === -1 || counts[first] !== counts[directory] - own) return false;
	return rules.comparison.tree.parents[first] === directory && isJoined(rules, directory, first);
}
