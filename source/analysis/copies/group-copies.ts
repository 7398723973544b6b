import { discard } from '../../columns/grow.ts';
import { sortColumn } from '../../columns/sort-column.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { describingEntryOf } from '../../filetree/links.ts';
import { FOLDER, LEFT_OUT, numberSubtrees, UNIQUE } from '../../filetree/number-subtrees.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, FILE, HARD_LINK, stringAt } from '../../tar/changeset.ts';
import { isVisible } from '../packages/path-facts.ts';
import type { ComparedContents } from './copies.ts';
import { type CopyCandidates, kindOfNode } from './copy-candidates.ts';
import type { CopyColumns } from './copy-columns.ts';
import { CopyJoiner } from './copy-joiner.ts';

const NODES_A_STEP = 4096;
const SORTED_AT_ONCE = 1024;

/**
 * Groups what the final file system has more than once: whole folders first, the largest first, and then what is left. So each content of
 * which there are n inodes is saved n - 1 times in all.
 */
export function* groupCopies(
	tree: FileTree,
	candidates: CopyCandidates,
	{ classes, unreadLayers }: ComparedContents,
): Steps<CopyColumns> {
	const { fromBytes } = candidates;
	const numbers = yield* leafNumbers(tree, candidates, classes);
	yield* numberSubtrees(tree, numbers);
	const alike = yield* gatherAlike(tree, numbers, candidates);
	const joiner = new CopyJoiner(tree, candidates);
	for (const start of yield* largestFirst(tree, alike)) yield* joiner.add(alike.membersFrom(start));
	const groups = yield* joiner.finish();
	return {
		fromBytes,
		...groups,
		savedBytes: joiner.savedBytes,
		unreadLayers,
		unknownFiles: classes.reduce((count, number) => count + Number(number === -1), 0),
	};
}

function* leafNumbers(
	tree: FileTree,
	{ nodes, inodes, isPossible, bytes }: CopyCandidates,
	classes: Int32Array,
): Steps<Int32Array> {
	const { nodeCount, changeStarts, changesets } = tree;
	const numbers = new Int32Array(nodeCount).fill(LEFT_OUT);
	const classOfInode = new Int32Array(nodeCount).fill(-1);
	let next = 1;
	for (let file = 0; file < nodes.length; file++) {
		classOfInode[nodes[file]] = classes[file];
		next = Math.max(next, classes[file] + 2);
	}
	const withoutContent = new Map<string, number>();
	const numberOf = (node: number): number => {
		if (isPossible[node] === 0) return UNIQUE;
		const kind = kindOfNode(tree, node);
		if (kind === DIRECTORY) return FOLDER;
		if (kind === FILE || kind === HARD_LINK) {
			if (bytes[node] === 0) return 0;
			const known = classOfInode[inodes[node]];
			return known === -1 ? UNIQUE : known + 1;
		}
		const { layerIndex, entry } = describingEntryOf(tree, changeStarts[node + 1] - 1);
		const target = Buffer.from(stringAt(changesets[layerIndex].targets, entry)).toString('latin1');
		const key = `${kind} ${target}`;
		const number = withoutContent.get(key) ?? next++;
		withoutContent.set(key, number);
		return number;
	};
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) if (isVisible(tree, node)) numbers[node] = numberOf(node);
	});
	discard(classOfInode);
	return numbers;
}

/** Nodes that are alike, one group behind the other, each in path order. */
interface Alike {
	readonly nodes: Int32Array;
	/** Where each group of two or more starts. */
	readonly starts: Int32Array;
	membersFrom(start: number): Int32Array;
}

function* gatherAlike(
	{ nodeCount }: FileTree,
	numbers: Int32Array,
	{ bytes, fromBytes }: CopyCandidates,
): Steps<Alike> {
	const isListed = (node: number): boolean =>
		numbers[node] >= 0 && bytes[node] > 0 && bytes[node] >= fromBytes;
	const most = numbers.reduce((highest, number) => Math.max(highest, number), 0);
	const ends = new Int32Array(most + 2);
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) if (isListed(node)) ends[numbers[node] + 1] += 1;
	});
	for (let number = 0; number <= most; number++) ends[number + 1] += ends[number];
	const nodes = new Int32Array(ends[most + 1]);
	const filled = ends.slice();
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) if (isListed(node)) nodes[filled[numbers[node]]++] = node;
	});
	const starts: number[] = [];
	for (let number = 0; number <= most; number++)
		if (ends[number + 1] - ends[number] > 1) starts.push(ends[number]);
	return {
		nodes,
		starts: Int32Array.from(starts),
		membersFrom: (start) => nodes.subarray(start, ends[numbers[nodes[start]] + 1]),
	};
}

/** A folder comes before all that is in it: it has more nodes. */
function* largestFirst(tree: FileTree, { nodes, starts }: Alike): Steps<Int32Array> {
	const visible = yield* countVisible(tree);
	const sizeOf = (start: number): number => visible[nodes[start]];
	yield* sortColumn(starts, {
		runLength: SORTED_AT_ONCE,
		sortRun: (run) => run.sort((left, right) => sizeOf(right) - sizeOf(left) || left - right),
		isInOrder: (left, right) => sizeOf(left) >= sizeOf(right),
	});
	return starts;
}

/** The number of visible nodes in each subtree. */
function* countVisible(tree: FileTree): Steps<Int32Array> {
	const { nodeCount, parents } = tree;
	const counts = new Int32Array(nodeCount);
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = nodeCount - 1 - from; node > nodeCount - 1 - to; node--) {
			if (isVisible(tree, node)) counts[node] += 1;
			if (node > 0) counts[parents[node]] += counts[node];
		}
	});
	return counts;
}
