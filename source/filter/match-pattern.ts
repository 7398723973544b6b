import { discard } from '../columns/grow.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { MatchList } from './match-list.ts';
import { NameStates } from './name-states.ts';
import { PatternAutomaton } from './pattern/automaton.ts';
import { compilePattern } from './pattern/compile-pattern.ts';
import type { Pattern } from './pattern/pattern.ts';
import { type SearchableNames, searchableNames } from './searchable-names.ts';

export interface PatternSearch {
	readonly pattern: Pattern;
	/** Whether lower case in the pattern also matches upper case. */
	readonly anyCase: boolean;
	/** Nodes that every match is one of or is below; null for all nodes. */
	readonly within: Int32Array | null;
}

const slash = new Uint8Array([0x2f]);
/** More than an automaton has states. */
const UNKNOWN = 0xffff;

/**
 * The nodes whose path, with a slash before each name, matches the regular expression. A node below a match is not listed.
 * The automaton runs on from the state of the directory, so that no part of a path is read twice. Throws `PatternError`.
 */
export function matchPattern(tree: FileTree, { pattern, anyCase, within }: PatternSearch): Int32Array {
	const automaton = new PatternAutomaton(compilePattern(pattern));
	const states = new PathStates(tree, automaton, searchableNames(tree.names, anyCase));
	const search = { tree, automaton, states, matches: new MatchList() };
	try {
		if (within === null) searchRange(search, 1, tree.nodeCount);
		else searchSubtrees(search, within);
		return search.matches.take();
	} finally {
		states.discard();
	}
}

interface Search {
	readonly tree: FileTree;
	readonly automaton: PatternAutomaton;
	readonly states: PathStates;
	readonly matches: MatchList;
}

// No loop over a column here uses its iterator: before code is optimised, that makes an object for every item.
function searchSubtrees(search: Search, roots: Int32Array): void {
	for (let index = 0; index < roots.length; index++) {
		const root = roots[index];
		search.states.leadTo(root);
		searchRange(search, root, search.tree.subtreeEnds[root]);
	}
}

function searchRange({ tree, automaton, states, matches }: Search, first: number, end: number): void {
	const { subtreeEnds } = tree;
	for (let node = first; node < end; ) {
		const state = states.stateOf(node);
		if (automaton.matches(state)) {
			matches.add(node);
			node = subtreeEnds[node];
		} else {
			if (subtreeEnds[node] > node + 1) states.enter(node, state);
			node += 1;
		}
	}
}

/** The states of the automaton at the ends of paths. */
class PathStates {
	readonly #parents: Int32Array;
	readonly #automaton: PatternAutomaton;
	readonly #names: SearchableNames;
	readonly #nameStates: NameStates;
	/** Where the children of each directory go on: behind its slash. */
	readonly #inside: Uint16Array;
	readonly #pending: number[] = [];

	constructor({ parents, nodeCount }: FileTree, automaton: PatternAutomaton, names: SearchableNames) {
		this.#parents = parents;
		this.#automaton = automaton;
		this.#names = names;
		this.#nameStates = new NameStates(automaton, names);
		this.#inside = new Uint16Array(nodeCount).fill(UNKNOWN);
		this.enter(0, automaton.initial);
	}

	/** The state of a node whose directory was entered. */
	stateOf(node: number): number {
		return this.#nameStates.after(this.#inside[this.#parents[node]], this.#names.numbers[node]);
	}

	/** Goes on from the state of a directory to what is in it. */
	enter(directory: number, state: number): void {
		this.#inside[directory] = this.#automaton.run(state, slash, 0, 1);
	}

	/** Frees the memory. The object must not be used afterwards. */
	discard(): void {
		discard(this.#inside);
		this.#nameStates.discard();
	}

	/** Enters all directories above a node. */
	leadTo(node: number): void {
		const pending = this.#pending;
		let above = this.#parents[node];
		for (; this.#inside[above] === UNKNOWN; above = this.#parents[above]) pending.push(above);
		for (let next = pending.pop(); next !== undefined; next = pending.pop())
			this.enter(next, this.stateOf(next));
	}
}
