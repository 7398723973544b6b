import type { FileTree } from '../../../filetree/file-tree.ts';
import { type Folds, noFolds } from '../rows/folds.ts';
import { matchPattern } from './match-pattern.ts';
import { matchText } from './match-text.ts';
import { PatternError } from './pattern-syntax.ts';

/** What the user looks for, and what it found. */
export interface Filter {
	readonly text: string;
	/** Matching nodes in ascending order, none below another; null without a filter and while it cannot be used. */
	readonly matches: Int32Array | null;
	/** Why it cannot be used. */
	readonly problem: string | null;
	/** What the user opened and closed since this filter. */
	readonly folds: Folds;
}

export const noFilter: Filter = { text: '', matches: null, problem: null, folds: noFolds };

const PATTERN_SIGN = '~';

/** Looks for a part of the path, or after `~` for a regular expression. A filter that cannot be used leaves everything shown. */
export function applyFilter(tree: FileTree, text: string): Filter {
	if (text === '' || text === PATTERN_SIGN) return { ...noFilter, text };
	try {
		return { ...noFilter, text, matches: findMatches(tree, text) };
	} catch (error) {
		if (error instanceof PatternError) return { ...noFilter, text, problem: error.message };
		throw error;
	}
}

function findMatches(tree: FileTree, text: string): Int32Array {
	return text.startsWith(PATTERN_SIGN) ? matchPattern(tree, text.slice(1)) : matchText(tree, text);
}
