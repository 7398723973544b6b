import { DIRECTORY } from '../tar/changeset.ts';
import { attributeOf, attributesNumber } from './change-attributes.ts';
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
import type { Inodes } from './inodes/inodes.ts';
import { kindOfEntry } from './links.ts';
import type { SubtreeSums } from './subtree-sums.ts';

/**
 * The difference between two points of the stack. A point is a number of layers: 0 is the empty image, k what layers 0 to k - 1 make.
 * Layer k against what is below it is `{ from: k, to: k + 1 }`; everything up to layer k is `{ from: 0, to: k + 1 }`.
 * The kind of a single node is read off its changes when it is asked for; only the sums of directories are stored.
 */
export interface Comparison {
	readonly tree: FileTree;
	readonly from: number;
	readonly to: number;
	/** Numbers of the inner nodes, for which the sums are. */
	readonly innerNumbers: Int32Array;
	/** What is there at `to`. `changes`: how much of that an entry made, and no implied directory. */
	readonly present: SubtreeSums;
	/** The files with several names. */
	readonly inodes: Inodes;
	/**
	 * `bytes`: what was there at `from` and is not at `to` as it was: removed, or of other content. `counts`: the nodes that are gone.
	 * `changes`: the changed nodes, added to removed. null when `from` is the empty image: then nothing is lost.
	 */
	readonly past: SubtreeSums | null;
	/** What layers from `from` on brought of what is there at `to`, of inner nodes and all below them; hard links bring nothing. */
	readonly shipped: Float64Array;
	/** Regular-file bytes that were there at `from`, of inner nodes and all below them; null where they were not asked for. */
	readonly before: Float64Array | null;
}

/** Two points of a tree, which is enough to tell what became of a single node. */
export type ComparedPoints = Pick<Comparison, 'tree' | 'from' | 'to'>;

const NO_CHANGE = -1;

/** The change that a node has as it is at a point, -1 where it has had none by then. */
export function changeBefore({ changeStarts, changeLayers }: FileTree, node: number, point: number): number {
	const first = changeStarts[node];
	let change = changeStarts[node + 1] - 1;
	while (change >= first && changeLayers[change] >= point) change -= 1;
	return change >= first ? change : NO_CHANGE;
}

/**
 * Change-kind code of a node. A directory that is there at both points and does not differ itself is UNCHANGED, whatever is below, and
 * so is the root.
 */
export function kindAt(comparison: ComparedPoints, node: number): number {
	return node === 0 ? UNCHANGED : kindBetween(comparison.tree, node, comparison);
}

/** The change kind of a node other than the root between two points. */
export function kindBetween(
	tree: FileTree,
	node: number,
	{ from, to }: Pick<Comparison, 'from' | 'to'>,
): number {
	const { changeStarts, changeLayers, changeEntries } = tree;
	const first = changeStarts[node];
	let after = changeStarts[node + 1] - 1;
	while (after >= first && changeLayers[after] >= to) after -= 1;
	if (after < first) return ABSENT;
	const isThere = changeEntries[after] !== NO_ENTRY;
	if (changeLayers[after] < from) return isThere ? UNCHANGED : ABSENT;
	let before = after - 1;
	while (before >= first && changeLayers[before] >= from) before -= 1;
	return kindFrom(tree, node, { before: before >= first ? before : NO_CHANGE, after });
}

/** The change kind of a node other than the root whose change `before`, -1 for none, was followed by others, the last one being `after`. */
export function kindFrom(
	tree: FileTree,
	node: number,
	{ before, after }: { readonly before: number; readonly after: number },
): number {
	const isThere = tree.changeEntries[after] !== NO_ENTRY;
	const wasThere = before !== NO_CHANGE && tree.changeEntries[before] !== NO_ENTRY;
	if (wasThere) return isThere ? kindOfBoth(tree, before, after) : kindOfGone(tree, node, before);
	return isThere ? kindOfNew(tree, after) : ABSENT;
}

/** An implied directory is no change by itself. */
function kindOfNew({ changeEntries }: FileTree, change: number): number {
	return changeEntries[change] === IMPLIED_DIRECTORY ? UNCHANGED : ADDED;
}

/** An implied directory is no change by itself when it goes either, unless it took the place of what had an entry, and so of a change. */
function kindOfGone({ changeStarts, changeEntries }: FileTree, node: number, change: number): number {
	if (changeEntries[change] !== IMPLIED_DIRECTORY) return REMOVED;
	return change > changeStarts[node] && changeEntries[change - 1] !== NO_ENTRY ? REMOVED : UNCHANGED;
}

function kindOfBoth(tree: FileTree, before: number, after: number): number {
	// That is what the tree says of every change.
	if (after === before + 1) return tree.changeKindCodes[after];
	if (tree.changeContents[before] !== tree.changeContents[after]) return CONTENT;
	if (attributeOf(tree, before, 'modes') !== attributeOf(tree, after, 'modes')) return METADATA;
	if (attributeOf(tree, before, 'uids') !== attributeOf(tree, after, 'uids')) return METADATA;
	if (attributeOf(tree, before, 'gids') !== attributeOf(tree, after, 'gids')) return METADATA;
	if (attributesNumber(tree, before) !== attributesNumber(tree, after)) return METADATA;
	return kindOfEntry(tree, after) === DIRECTORY ? UNCHANGED : IDENTICAL;
}

/** Whether a node is there at `from` and no longer at `to`, folders without an entry included. */
export function isGoneAt({ tree, from, to }: ComparedPoints, node: number): boolean {
	if (node === 0) return false;
	return !isPresent(tree, changeBefore(tree, node, to)) && isPresent(tree, changeBefore(tree, node, from));
}

/** The change that describes the node: as it is at `to`, or as it was at `from` when removed; -1 when absent at both. */
export function changeAt({ tree, from, to }: Comparison, node: number): number {
	const after = changeBefore(tree, node, to);
	if (after === NO_CHANGE || tree.changeEntries[after] !== NO_ENTRY) return after;
	const before = changeBefore(tree, node, from);
	return before !== NO_CHANGE && tree.changeEntries[before] !== NO_ENTRY ? before : NO_CHANGE;
}

/** Regular-file bytes of a node and all below it at `to`; 0 where it is not there. */
export function bytesAfterAt({ tree, to, innerNumbers, present }: Comparison, node: number): number {
	const number = innerNumbers[node];
	return number < 0 ? ownBytes(tree, node, to) : present.bytes[number];
}

/** The same at `from`. Throws `TypeError` for a comparison that was made without them. */
export function bytesBeforeAt({ tree, from, innerNumbers, before }: Comparison, node: number): number {
	const number = innerNumbers[node];
	if (number < 0) return ownBytes(tree, node, from);
	if (before === null) throw new TypeError('The bytes at the first point were not added up.');
	return before[number];
}

/** How many regular-file bytes more are at and below a node at `to` than at `from`. Throws like `bytesBeforeAt`. */
export function deltaAt(comparison: Comparison, node: number): number {
	return bytesAfterAt(comparison, node) - bytesBeforeAt(comparison, node);
}

/** What a node carries itself; a hard link carries nothing. */
function ownBytes(tree: FileTree, node: number, point: number): number {
	const change = changeBefore(tree, node, point);
	return isPresent(tree, change) ? tree.changeBytes[change] : 0;
}

function isPresent({ changeEntries }: FileTree, change: number): boolean {
	return change !== NO_CHANGE && changeEntries[change] !== NO_ENTRY;
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
