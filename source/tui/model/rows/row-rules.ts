import { type Comparison, changeAt, changedCountAt, isGoneAt, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT, METADATA, UNCHANGED } from '../../../filetree/file-tree.ts';
import { kindOfEntry } from '../../../filetree/links.ts';
import { DIRECTORY } from '../../../tar/changeset.ts';
import type { Folds } from './folds.ts';

/** `marks` of a node on the way to a match of the filter. */
export const LEADS_TO_MATCH = 1;
/** `marks` of a match that is shown without what is below it. */
export const LONE_MATCH = 2;
/** `marks` of a match: it is shown with what is below it. */
export const MATCH = 3;
/** `marks` of a match below which every existing node has a row. Its rows need not be counted one by one. */
export const WHOLE_MATCH = 4;

/** Which directories are open that the user did not open or close: those with changes, all, or none. */
export type Opening = 'changed' | 'all' | 'none';

/** What determines which nodes of a comparison have a row. */
export interface RowRules {
	readonly comparison: Comparison;
	readonly folds: Folds;
	readonly opening: Opening;
	readonly hideUnchanged: boolean;
	/** Whether a directory that says nothing by itself shares the row of the only directory in it: see `isJoined`. */
	readonly joins: boolean;
	/** One mark for each node, 0 for nodes that the filter leaves out; null without a filter. */
	readonly marks: Uint8Array | null;
}

/** Whether the node has a row once all directories above it are open. `inMatch`: something above it matches the filter. */
export function isShown(
	{ comparison, hideUnchanged, marks }: RowRules,
	node: number,
	inMatch: boolean,
): boolean {
	const isMarked = marks !== null && marks[node] !== 0;
	if (marks !== null && !inMatch && !isMarked) return false;
	// Where only changes are shown, only they are marked, and what counts as one. What is at neither point has no changes.
	if (hideUnchanged && !isMarked) return changedCountAt(comparison, node) > 0;
	return kindAt(comparison, node) !== ABSENT;
}

/** Whether what is below the node is shown, if there is anything. */
export function isOpen(rules: RowRules, node: number): boolean {
	const fold = rules.folds.get(node);
	if (fold !== undefined) return fold === 'open';
	return rules.opening === 'changed' ? opensByItself(rules, node) : rules.opening === 'all';
}

/**
 * Directories that contain changes are open, so that a layer shows at once what it did. A directory that was added or removed as a
 * whole is closed, and so is one without changes. A filter opens the directories above its matches.
 */
export function opensByItself({ comparison, marks }: RowRules, node: number): boolean {
	if (marks !== null) return true;
	const kind = kindAt(comparison, node);
	// What is gone as a whole is one row, also where no layer had an entry for the folder.
	if (kind === UNCHANGED) return changedCountAt(comparison, node) > 0 && !isGoneAt(comparison, node);
	return kind === METADATA && changedCountAt(comparison, node) > 1;
}

/** Whether a directory has no row of its own: it did not change itself, and the only row in it is that of a directory, `only`. */
export function isJoined({ comparison, marks }: RowRules, node: number, only: number): boolean {
	const { tree } = comparison;
	if (isGoneAt(comparison, node)) return false;
	if (marks !== null && marks[node] >= LONE_MATCH) return false;
	if (kindAt(comparison, node) !== UNCHANGED) return false;
	if (tree.subtreeEnds[only] > only + 1) return true;
	const change = changeAt(comparison, only);
	return change !== -1 && kindOfEntry(tree, change) === DIRECTORY;
}

/** Whether the node or something above it matches the filter, so that all below it is shown. */
export function isInMatch(rules: RowRules, node: number): boolean {
	return markOfMatch(rules, node) !== 0;
}

/** MATCH or WHOLE_MATCH as the node or something above it has it; 0 when none has. */
export function markOfMatch({ comparison, marks }: RowRules, node: number): number {
	if (marks === null) return 0;
	const { parents } = comparison.tree;
	let current = node;
	while (current > 0 && marks[current] < MATCH) current = parents[current];
	return current > 0 ? marks[current] : 0;
}
