import type { FileTree } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { type Folds, noFolds } from '../rows/folds.ts';
import type { Find } from './find.ts';
import { matchPattern } from './match-pattern.ts';
import { matchText } from './match-text.ts';
import { parsePattern } from './pattern/parse-pattern.ts';
import { PatternError } from './pattern/pattern.ts';
import { plainText, requiredText } from './pattern/required-text.ts';
import { type CachedFinds, filterCacheOf } from './remembered-finds.ts';
import { prepareNames } from './searchable-names.ts';

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
		return { ...noFilter, text, matches: filterCacheOf(tree).latest(findMatches(tree, text).nodes) };
	} catch (error) {
		if (error instanceof PatternError) return { ...noFilter, text, problem: error.message };
		throw error;
	}
}

/** Works out ahead of time what every search needs. */
export function prepareFilter(tree: FileTree): Steps<void> {
	return prepareNames(tree.names);
}

function findMatches(tree: FileTree, text: string): Find {
	return text.startsWith(PATTERN_SIGN)
		? findPattern(tree, text.slice(PATTERN_SIGN.length))
		: findText(tree, text);
}

/** A needle is looked for only where a beginning of it was found. */
function findText(tree: FileTree, needle: string): Find {
	const { texts } = filterCacheOf(tree);
	return remembered(texts, needle, () => matchText(tree, { needle, within: texts.longestBeginning(needle) }));
}

/** A pattern is tried only where a text was found that it cannot do without. */
function findPattern(tree: FileTree, source: string): Find {
	return remembered(filterCacheOf(tree).patterns, source, () => {
		const pattern = parsePattern(source);
		const plain = plainText(pattern);
		if (plain !== null && plain !== '') return findText(tree, plain);
		const text = requiredText(pattern);
		const within = text === null ? null : findText(tree, text.toLowerCase()).nodes;
		const nodes = matchPattern(tree, { pattern, anyCase: !hasUpperCase(source), within });
		return { nodes, names: null };
	});
}

/** Upper case asks for that case only; the letter of an escape such as `\S` is none. */
function hasUpperCase(source: string): boolean {
	const literal = source.replace(/\\./gu, '');
	return literal !== literal.toLowerCase();
}

function remembered(finds: CachedFinds, text: string, find: () => Find): Find {
	const known = finds.get(text);
	if (known !== undefined) return known;
	const found = find();
	finds.set(text, found);
	return found;
}
