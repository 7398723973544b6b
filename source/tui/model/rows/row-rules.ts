import { type Comparison, changedCountAt, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT, METADATA, UNCHANGED } from '../../../filetree/file-tree.ts';
import type { Folds } from './folds.ts';

/** `marks` of a node on the way to a match of the filter. */
export const LEADS_TO_MATCH = 1;
/** `marks` of a match: it is shown with what is below it. */
export const MATCH = 2;
/** `marks` of a match below which every existing node has a row. Its rows need not be counted one by one. */
export const WHOLE_MATCH = 3;

/** What determines which nodes of a comparison have a row. */
export interface RowRules {
	readonly comparison: Comparison;
	readonly folds: Folds;
	readonly hideUnchanged: boolean;
	/** One mark for each node, 0 for nodes that the filter leaves out; null without a filter. */
	readonly marks: Uint8Array | null;
}

/** Whether the node has a row once all directories above it are open. `inMatch`: something above it matches the filter. */
export function isShown(
	{ comparison, hideUnchanged, marks }: RowRules,
	node: number,
	inMatch: boolean,
): boolean {
	if (marks !== null && !inMatch && marks[node] === 0) return false;
	if (kindAt(comparison, node) === ABSENT) return false;
	return !hideUnchanged || changedCountAt(comparison, node) > 0;
}

/** Whether what is below the node is shown, if there is anything. */
export function isOpen(rules: RowRules, node: number): boolean {
	const fold = rules.folds.get(node);
	return fold === undefined ? opensByItself(rules, node) : fold === 'open';
}

/**
 * Directories that contain changes are open, so that a layer shows at once what it did. A directory that was added or removed as a
 * whole is closed, and so is one without changes. A filter opens the directories above its matches.
 */
export function opensByItself({ comparison, marks }: RowRules, node: number): boolean {
	if (marks !== null) return true;
	const kind = kindAt(comparison, node);
	if (kind === UNCHANGED) return changedCountAt(comparison, node) > 0;
	return kind === METADATA && changedCountAt(comparison, node) > 1;
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
