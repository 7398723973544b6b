import { DIRECTORY } from '../tar/changeset.ts';
import { attributeOf, kindOfEntry } from './change-attributes.ts';
import {
	ABSENT,
	ADDED,
	CONTENT,
	type FileTree,
	IDENTICAL,
	IMPLIED_DIRECTORY,
	METADATA,
	NO_ENTRY,
	REMOVED,
	UNCHANGED,
} from './file-tree.ts';
import type { SubtreeSums } from './subtree-sums.ts';

/**
 * The difference between two points of the stack. A point is a number of layers: 0 is the empty image, k what layers 0 to k - 1 make.
 * Layer k against what is below it is `{ from: k, to: k + 1 }`; everything up to layer k is `{ from: 0, to: k + 1 }`.
 * What single nodes are is read off their touches when somebody asks; only what directories add up to is kept.
 */
export interface Comparison {
	readonly tree: FileTree;
	readonly from: number;
	readonly to: number;
	/** Numbers of the inner nodes, for which the sums are. */
	readonly innerNumbers: Int32Array;
	/** What is there at `to`. `changes`: how much of that an entry made, and no implied directory. */
	readonly present: SubtreeSums;
	/** What was there at `from` and is gone at `to`. `changes`: the changed nodes, added to removed. null when `from` is the empty image. */
	readonly past: SubtreeSums | null;
}

const NO_TOUCH = -1;

/** The touch that a node has as it is at a point, -1 where it has had none by then. */
export function touchBefore({ touchStarts, touchLayers }: FileTree, node: number, point: number): number {
	const first = touchStarts[node];
	let touch = touchStarts[node + 1] - 1;
	while (touch >= first && touchLayers[touch] >= point) touch -= 1;
	return touch >= first ? touch : NO_TOUCH;
}

/**
 * Change-kind code of a node. A directory that is there at both points and does not differ itself is UNCHANGED, whatever is below, and
 * so is the root.
 */
export function kindAt(comparison: Comparison, node: number): number {
	return node === 0 ? UNCHANGED : kindBetween(comparison.tree, node, comparison);
}

/** The change kind of a node other than the root between two points. */
export function kindBetween(
	tree: FileTree,
	node: number,
	{ from, to }: Pick<Comparison, 'from' | 'to'>,
): number {
	const { touchStarts, touchLayers, touchEntries } = tree;
	const first = touchStarts[node];
	let after = touchStarts[node + 1] - 1;
	while (after >= first && touchLayers[after] >= to) after -= 1;
	if (after < first) return ABSENT;
	const isThere = touchEntries[after] !== NO_ENTRY;
	if (touchLayers[after] < from) return isThere ? UNCHANGED : ABSENT;
	let before = after - 1;
	while (before >= first && touchLayers[before] >= from) before -= 1;
	const wasThere = before >= first && touchEntries[before] !== NO_ENTRY;
	if (wasThere) return isThere ? kindOfBoth(tree, before, after) : kindOfOne(tree, REMOVED, before);
	return isThere ? kindOfOne(tree, ADDED, after) : ABSENT;
}

/** An implied directory is no change by itself, neither when it comes nor when it goes. */
function kindOfOne({ touchEntries }: FileTree, kind: number, touch: number): number {
	return touchEntries[touch] === IMPLIED_DIRECTORY ? UNCHANGED : kind;
}

function kindOfBoth(tree: FileTree, before: number, after: number): number {
	// That is what the tree says of every touch.
	if (after === before + 1) return tree.touchKinds[after];
	if (tree.touchContents[before] !== tree.touchContents[after]) return CONTENT;
	if (attributeOf(tree, before, 'modes') !== attributeOf(tree, after, 'modes')) return METADATA;
	if (attributeOf(tree, before, 'uids') !== attributeOf(tree, after, 'uids')) return METADATA;
	if (attributeOf(tree, before, 'gids') !== attributeOf(tree, after, 'gids')) return METADATA;
	return kindOfEntry(tree, after) === DIRECTORY ? UNCHANGED : IDENTICAL;
}

/** The touch that describes the node: as it is at `to`, or as it was at `from` when removed; -1 when absent at both. */
export function touchAt({ tree, from, to }: Comparison, node: number): number {
	const after = touchBefore(tree, node, to);
	if (after === NO_TOUCH || tree.touchEntries[after] !== NO_ENTRY) return after;
	const before = touchBefore(tree, node, from);
	return before !== NO_TOUCH && tree.touchEntries[before] !== NO_ENTRY ? before : NO_TOUCH;
}

/** Regular-file bytes at `to` of a node and all below it; of a removed node: what it and all below it had at `from`. */
export function bytesAt(comparison: Comparison, node: number): number {
	const { tree, to, innerNumbers, present, past } = comparison;
	const number = innerNumbers[node];
	if (number < 0) {
		const touch = touchAt(comparison, node);
		return touch === NO_TOUCH ? 0 : tree.touchBytes[touch];
	}
	const isThere = node === 0 || isPresent(tree, touchBefore(tree, node, to));
	return isThere || past === null ? present.bytes[number] : past.bytes[number];
}

function isPresent({ touchEntries }: FileTree, touch: number): boolean {
	return touch !== NO_TOUCH && touchEntries[touch] !== NO_ENTRY;
}

/** How many changed nodes (added to removed) are at or below a node. */
export function changedCountAt(comparison: Comparison, node: number): number {
	const { innerNumbers, present, past } = comparison;
	const number = innerNumbers[node];
	if (number < 0) return kindAt(comparison, node) > UNCHANGED ? 1 : 0;
	return (past ?? present).changes[number];
}

/** How many nodes at or below a node are there at either point. The root does not count itself. */
export function nodeCountAt(comparison: Comparison, node: number): number {
	const { innerNumbers, present, past } = comparison;
	const number = innerNumbers[node];
	if (number < 0) return kindAt(comparison, node) === ABSENT ? 0 : 1;
	return present.counts[number] + (past === null ? 0 : past.counts[number]);
}
