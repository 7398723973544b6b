import { type Comparison, changeAt, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT, METADATA, UNCHANGED } from '../../../filetree/file-tree.ts';
import { kindOfEntry } from '../../../filetree/links.ts';
import type { Steps } from '../../../steps.ts';
import { DIRECTORY } from '../../../tar/changeset.ts';
import { type Sorting, sizeBy } from './child-order.ts';
import { LEADS_TO_MATCH, MATCH, type RowRules } from './row-rules.ts';

/** Paths one below the other: files, links and devices, and directories whose own mode or owner changed. */
export interface FlatRows {
	readonly nodes: Int32Array;
	/** How many more there are, each no larger than any of these. */
	readonly leftOut: number;
	readonly numberOf: (node: number) => number | undefined;
}

const NODES_A_STEP = 4096;
/** More than anybody goes through. */
const MOST_ROWS = 20_000;

/** The rows of a flat list, the largest first. */
export function* flatRows(rules: RowRules, sorting: Sorting): Steps<FlatRows> {
	const found = yield* listedNodes(rules);
	const sizes = new Float64Array(found.length);
	for (let index = 0; index < found.length; index++) {
		sizes[index] = sizeBy(rules.comparison, sorting.order, found[index]);
		if (index % NODES_A_STEP === 0) yield;
	}
	const least = leastShown(sizes);
	yield;
	const shown = found
		.map((node, index) => ({ node, bytes: sizes[index] }))
		.filter(({ bytes }) => bytes >= least);
	shown.sort((left, right) => right.bytes - left.bytes || left.node - right.node);
	const nodes = Int32Array.from(shown.slice(0, MOST_ROWS), ({ node }) => node);
	if (sorting.isReversed) nodes.reverse();
	const numbers = new Map(Array.from(nodes, (node, number) => [node, number] as const));
	return { nodes, leftOut: found.length - nodes.length, numberOf: (node) => numbers.get(node) };
}

/** The size from which on things are shown, where there are too many. */
function leastShown(sizes: Float64Array): number {
	return sizes.length <= MOST_ROWS ? 0 : sizes.toSorted()[sizes.length - MOST_ROWS];
}

function* listedNodes({ comparison, hideUnchanged, marks }: RowRules): Steps<number[]> {
	const { nodeCount, subtreeEnds } = comparison.tree;
	const nodes: number[] = [];
	let matchEnd = 0;
	for (let node = 1; node < nodeCount; node++) {
		if (node % NODES_A_STEP === 0) yield;
		if (marks !== null && node >= matchEnd) {
			if (marks[node] >= MATCH) matchEnd = subtreeEnds[node];
			else if (marks[node] === 0) {
				node = subtreeEnds[node] - 1;
				continue;
			} else if (marks[node] === LEADS_TO_MATCH) continue;
		}
		const kind = kindAt(comparison, node);
		if (kind === ABSENT || (hideUnchanged && kind === UNCHANGED)) continue;
		if (kind === METADATA || !isDirectory(comparison, node)) nodes.push(node);
	}
	return nodes;
}

function isDirectory(comparison: Comparison, node: number): boolean {
	const change = changeAt(comparison, node);
	return change === -1 || kindOfEntry(comparison.tree, change) === DIRECTORY;
}
