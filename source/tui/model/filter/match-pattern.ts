import type { FileTree } from '../../../filetree/file-tree.ts';
import { MatchList } from './match-list.ts';
import { PatternAutomaton } from './pattern-automaton.ts';
import { compilePattern } from './pattern-program.ts';
import type { Pattern } from './pattern-syntax.ts';
import { type SearchableNames, searchableNames } from './searchable-names.ts';

export interface PatternSearch {
	readonly pattern: Pattern;
	/** Whether lower case in the pattern finds upper case too. */
	readonly anyCase: boolean;
	/** Nodes outside of which, and of what is below them, there is no match; null when there is no telling. */
	readonly within: Int32Array | null;
}

const slash = new Uint8Array([0x2f]);
/** More than an automaton has states. */
const UNKNOWN = 0xffff;

/**
 * The nodes whose path, with a slash before each name, matches the regular expression. A node below a match is not listed.
 * A directory's state is where its children go on, so that no name is read twice. Throws `PatternError`.
 */
export function matchPattern(tree: FileTree, { pattern, anyCase, within }: PatternSearch): Int32Array {
	const automaton = new PatternAutomaton(compilePattern(pattern));
	const stateOf = stateFinder(tree, automaton, searchableNames(tree.names, anyCase));
	const { subtreeEnds, nodeCount } = tree;
	const matches = new MatchList();
	const search = (first: number, end: number) => {
		for (let node = first; node < end; ) {
			if (automaton.matches(stateOf(node))) {
				matches.add(node);
				node = subtreeEnds[node];
			} else {
				node += 1;
			}
		}
	};
	if (within === null) search(1, nodeCount);
	else for (const node of within) search(node, subtreeEnds[node]);
	return matches.take();
}

/** Gives the state at the end of a node's path. */
function stateFinder(
	{ parents, nodeCount }: FileTree,
	automaton: PatternAutomaton,
	{ bytes, ends, numbers }: SearchableNames,
): (node: number) => number {
	const states = new Uint16Array(nodeCount).fill(UNKNOWN);
	states[0] = automaton.initial;
	const step = (node: number) => {
		const inDirectory = automaton.run(states[parents[node]], slash, 0, 1);
		const name = numbers[node];
		states[node] = automaton.run(inDirectory, bytes, name === 0 ? 0 : ends[name - 1], ends[name]);
	};
	const stepTo = (wanted: number) => {
		const unknown: number[] = [];
		for (let node = wanted; states[node] === UNKNOWN; node = parents[node]) unknown.push(node);
		for (let index = unknown.length - 1; index >= 0; index--) step(unknown[index]);
	};
	return (node) => {
		if (states[parents[node]] === UNKNOWN) stepTo(parents[node]);
		step(node);
		return states[node];
	};
}
