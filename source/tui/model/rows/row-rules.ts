import type { Comparison } from '../../../filetree/comparison.ts';
import { ABSENT, METADATA, UNCHANGED } from '../../../filetree/file-tree.ts';
import type { Folds } from './folds.ts';

/** `marks` of a node on the way to a match of the filter. */
export const LEADS_TO_MATCH = 1;
/** `marks` of a match: it is shown with all that is below it. */
export const MATCH = 2;

/** What decides which nodes of a comparison have a row. */
export interface RowRules {
	readonly comparison: Comparison;
	readonly folds: Folds;
	readonly hideUnchanged: boolean;
	/** One mark a node, 0 for those that the filter leaves out; null without a filter. */
	readonly marks: Uint8Array | null;
}

/** Whether the node has a row once all directories above it are open. `inMatch`: something above it matches the filter. */
export function isShown(rules: RowRules, node: number, inMatch: boolean): boolean {
	const { comparison, hideUnchanged, marks } = rules;
	if (comparison.kinds[node] === ABSENT) return false;
	if (hideUnchanged && comparison.changedCounts[node] === 0) return false;
	return marks === null || inMatch || marks[node] !== 0;
}

/** Whether what is below the node is shown, if there is anything. */
export function isOpen(rules: RowRules, node: number): boolean {
	const fold = rules.folds.get(node);
	return fold === undefined ? opensByItself(rules, node) : fold === 'open';
}

/**
 * Directories open along the way to changes, so that a layer shows at once what it did. One that was added or removed as a whole
 * stays closed, and so does one in which nothing changed. A filter opens the way to what it found.
 */
export function opensByItself({ comparison, marks }: RowRules, node: number): boolean {
	if (marks !== null) return true;
	const kind = comparison.kinds[node];
	if (kind === UNCHANGED) return comparison.changedCounts[node] > 0;
	return kind === METADATA && comparison.changedCounts[node] > 1;
}

/** Whether the node or something above it matches the filter, so that all below it is shown. */
export function isInMatch({ comparison, marks }: RowRules, node: number): boolean {
	if (marks === null) return false;
	const { parents } = comparison.tree;
	for (let current = node; current > 0; current = parents[current]) {
		if (marks[current] === MATCH) return true;
	}
	return false;
}
