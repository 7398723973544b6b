import { changeAt, kindAt } from '../../../filetree/comparison.ts';
import { changeKinds, type FileTree } from '../../../filetree/file-tree.ts';
import type { OwnerNames } from '../../../filetree/words/owner-names.ts';
import { findPaths } from '../../../filter/find-paths.ts';
import { PatternError } from '../../../filter/pattern/pattern.ts';
import { prepareNames } from '../../../filter/searchable-names.ts';
import { parseFilter } from '../../../filter/terms/parse-filter.ts';
import { resolveOwners } from '../../../filter/terms/resolve-owners.ts';
import { rowFilter } from '../../../filter/terms/row-filter.ts';
import type { ParsedFilter, Term } from '../../../filter/terms/terms.ts';
import { PATTERN_SIGN } from '../../../filter/text-test.ts';
import { finish, type Steps } from '../../../steps.ts';
import { type Folds, noFolds } from '../rows/folds.ts';
import { exactMatches, type Matches, type NodeTest } from '../rows/matches.ts';
import type { TypedFilter } from './typed-filter.ts';

/** What the user is looking for, and what matches it. */
export interface Filter extends TypedFilter {
	/** The matches; null without a filter, and if the filter is not valid. */
	readonly matches: Matches | null;
	/** What the user opened and closed since this filter. */
	readonly folds: Folds;
}

export const noFilter: Filter = { text: '', matches: null, problem: null, found: null, folds: noFolds };

interface FilterOptions {
	/** What is shown in the place of the nodes that were found, such as those that they moved to; like them it is ascending, and no node is below another. */
	readonly inPlace?: (nodes: Int32Array) => Int32Array;
	/** As `Matches` has it. The same function for the same tree. */
	readonly countsAsChange?: NodeTest;
	/** What the image calls owners; null or left out where that is not known. */
	readonly owners?: OwnerNames | null;
}

/**
 * Looks for a part of the path, or after `~` for a regular expression, or for all that several terms say. A filter that is not valid shows
 * everything.
 */
export function applyFilter(tree: FileTree, text: string, options: FilterOptions = {}): Filter {
	const { inPlace = (nodes) => nodes, countsAsChange, owners = null } = options;
	if (text === '' || text === PATTERN_SIGN) return { ...noFilter, text };
	try {
		const parsed = isOneText(text) ? null : parsedFilter(text, owners);
		if (parsed?.ok === false) return { ...noFilter, text, problem: parsed.problem };
		const single = parsed === null ? text : singleText(parsed.terms);
		if (parsed !== null && single === null)
			return { ...noFilter, text, matches: matchesOfTerms(tree, parsed.terms, countsAsChange) };
		const nodes = inPlace(findPaths(tree, single ?? text).nodes);
		return { ...noFilter, text, matches: matchesOf(tree, nodes, countsAsChange), found: nodes.length };
	} catch (error) {
		if (error instanceof PatternError) return { ...noFilter, text, problem: error.message };
		throw error;
	}
}

function parsedFilter(text: string, owners: OwnerNames | null): ParsedFilter {
	const parsed = parseFilter(text);
	return parsed.ok ? resolveOwners(parsed.terms, owners) : parsed;
}

/** Whether a filter is a single text or pattern, whose matches are found at once with every letter. */
function isOneText(text: string): boolean {
	if (/["\s]|^[!<>]/.test(text)) return false;
	return !/^(?:kind|layer|owner|type):/.test(text);
}

/** The only text that terms look for; null where they say something else. */
function singleText(terms: readonly Term[]): string | null {
	const [term] = terms;
	return terms.length === 1 && term.kind === 'path' && !term.isNegated ? term.text : null;
}

/** What passes all terms, each by itself: what is below a match may well not. Kinds are those of the comparison that is shown. */
function matchesOfTerms(tree: FileTree, terms: readonly Term[], countsAsChange?: NodeTest): Matches {
	const ofKinds = terms.filter((term) => term.kind === 'change');
	const passes = finish(
		rowFilter(
			tree,
			terms.filter((term) => term.kind !== 'change'),
		),
	);
	const test: NodeTest = (comparison, node) => {
		if (node === 0) return false;
		const kind = changeKinds[kindAt(comparison, node)];
		if (ofKinds.some(({ changes, isNegated }) => changes.includes(kind) === isNegated)) return false;
		const change = changeAt(comparison, node);
		return change !== -1 && passes(node, change);
	};
	return { candidates: null, test, countsAsChange, isAlone: true };
}

/** Computes ahead of time what every search needs. */
export function prepareFilter(tree: FileTree): Steps<void> {
	return prepareNames(tree.names);
}

/** What was found last in each tree. */
const latest = new WeakMap<FileTree, { readonly nodes: Int32Array; readonly matches: Matches }>();

/** The nodes as matches. Returns the same object again for the same nodes, so that no row is computed anew. */
function matchesOf(tree: FileTree, nodes: Int32Array, countsAsChange?: NodeTest): Matches {
	const last = latest.get(tree);
	if (last !== undefined && isSame(last.nodes, nodes)) return last.matches;
	const matches = exactMatches(nodes, countsAsChange);
	latest.set(tree, { nodes, matches });
	return matches;
}

function isSame(left: Int32Array, right: Int32Array): boolean {
	if (left === right) return true;
	if (left.length !== right.length) return false;
	for (let index = 0; index < left.length; index++) {
		if (left[index] !== right[index]) return false;
	}
	return true;
}
