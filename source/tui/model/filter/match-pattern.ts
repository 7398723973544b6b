import type { FileTree } from '../../../filetree/file-tree.ts';
import { MatchList } from './match-list.ts';
import { PatternAutomaton } from './pattern-automaton.ts';
import { compilePattern } from './pattern-program.ts';
import { parsePattern } from './pattern-syntax.ts';
import { searchableNames } from './searchable-names.ts';

const slash = new Uint8Array([0x2f]);

/**
 * The nodes whose path, with a slash before each name, matches the regular expression. A node below a match is not listed.
 * A directory's state is where its children go on, so that every name is read once. Throws `PatternError`.
 */
export function matchPattern(tree: FileTree, source: string): Int32Array {
	const automaton = new PatternAutomaton(compilePattern(parsePattern(source)));
	const { bytes, ends } = searchableNames(tree.names, !hasUpperCase(source));
	const { parents, subtreeEnds, nodeCount } = tree;
	const matches = new MatchList();
	const states = new Int32Array(nodeCount);
	states[0] = automaton.initial;
	for (let node = 1; node < nodeCount; ) {
		const inDirectory = automaton.run(states[parents[node]], slash, 0, 1);
		const state = automaton.run(inDirectory, bytes, ends[node - 1], ends[node]);
		states[node] = state;
		if (automaton.matches(state)) {
			matches.add(node);
			node = subtreeEnds[node];
		} else {
			node += 1;
		}
	}
	return matches.take();
}

/** Upper case asks for that case only; the letter of an escape such as `\S` is none. */
function hasUpperCase(source: string): boolean {
	const literal = source.replace(/\\./gu, '');
	return literal !== literal.toLowerCase();
}
