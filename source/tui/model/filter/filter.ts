import type { FileTree } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { type Folds, noFolds } from '../rows/folds.ts';
import type { Matches } from '../rows/matches.ts';
import { type CachedFinds, filterCacheOf } from './cached-finds.ts';
import type { Find } from './find.ts';
import { matchPattern } from './match-pattern.ts';
import { matchText } from './match-text.ts';
import { parsePattern } from './pattern/parse-pattern.ts';
import { PatternError } from './pattern/pattern.ts';
import { plainText, requiredText } from './pattern/required-text.ts';
import { prepareNames } from './searchable-names.ts';

/** What the user is looking for, and what matches it. */
export interface Filter {
	readonly text: string;
	/** The matches; null without a filter, and if the filter is not valid. */
	readonly matches: Matches | null;
	/** Why the filter is not valid; null if it is. */
	readonly problem: string | null;
	/** What the user opened and closed since this filter. */
	readonly folds: Folds;
}

export const noFilter: Filter = { text: '', matches: null, problem: null, folds: noFolds };

const PATTERN_SIGN = '~';

/** Looks for a part of the path, or after `~` for a regular expression. An invalid filter shows everything. */
export function applyFilter(tree: FileTree, text: string): Filter {
	if (text === '' || text === PATTERN_SIGN) return { ...noFilter, text };
	try {
		return { ...noFilter, text, matches: filterCacheOf(tree).matchesOf(findMatches(tree, text).nodes) };
	} catch (error) {
		if (error instanceof PatternError) return { ...noFilter, text, problem: error.message };
		throw error;
	}
}

/** Computes ahead of time what every search needs. */
export function prepareFilter(tree: FileTree): Steps<void> {
	return prepareNames(tree.names);
}

function findMatches(tree: FileTree, text: string): Find {
	return text.startsWith(PATTERN_SIGN)
		? findPattern(tree, text.slice(PATTERN_SIGN.length))
		: findText(tree, text);
}

/** Looks for a text only in the matches of a cached prefix. */
function findText(tree: FileTree, needle: string): Find {
	const { texts } = filterCacheOf(tree);
	return cached(texts, needle, () => matchText(tree, { needle, within: texts.longestBeginning(needle) }));
}

/** Tries a pattern only on the matches of a text that every match of the pattern contains. */
function findPattern(tree: FileTree, source: string): Find {
	return cached(filterCacheOf(tree).patterns, source, () => {
		const pattern = parsePattern(source);
		const plain = plainText(pattern);
		if (plain !== null && plain !== '') return findText(tree, plain);
		const text = requiredText(pattern);
		const within = text === null ? null : findText(tree, text.toLowerCase()).nodes;
		const nodes = matchPattern(tree, { pattern, anyCase: !hasUpperCase(source), within });
		return { nodes, names: null };
	});
}

/** An upper-case letter makes the search case-sensitive. The letter of an escape such as `\S` does not count. */
function hasUpperCase(source: string): boolean {
	const literal = source.replace(/\\./gu, '');
	return literal !== literal.toLowerCase();
}

function cached(finds: CachedFinds, text: string, find: () => Find): Find {
	const known = finds.get(text);
	if (known !== undefined) return known;
	const found = find();
	finds.set(text, found);
	return found;
}
