import type { FileTree } from '../../filetree/file-tree.ts';
import { nameOf } from '../../filetree/paths.ts';
import { inParts, type Steps } from '../../steps.ts';
import { stringAt } from '../../tar/changeset.ts';
import { escapeForTerminal } from '../../text/escape.ts';

export type FoundPath =
	| { readonly kind: 'found'; readonly node: number }
	| {
			readonly kind: 'missing';
			/** The node of the deepest folder of the path that is there, or of the file that is in its place. */
			readonly nearest: number;
			/** The part of the path that is not in it, as it was written. */
			readonly name: string;
			/** Names of what is in it, safe for a terminal: of a large folder only some. */
			readonly siblings: readonly string[];
	  };

const CHILDREN_A_STEP = 2048;
/** What was meant is looked for among so many names at most. */
const MOST_SIBLINGS = 10_000;

/** The node of a path as a user writes it: with or without slashes at its ends, and as the path is or as fathom prints it, with `\xHH` and `\u{HHHH}`. */
export function* findPath(tree: FileTree, path: string): Steps<FoundPath> {
	let node = 0;
	for (const name of path.split('/').filter((each) => each !== '' && each !== '.')) {
		const children = yield* childrenOf(tree, node);
		const child = yield* childCalled(tree, children, name);
		if (child === null) {
			const siblings = children.slice(0, MOST_SIBLINGS).map((each) => shownName(tree, each));
			return { kind: 'missing', nearest: node, name, siblings };
		}
		node = child;
	}
	return { kind: 'found', node };
}

function* childrenOf({ subtreeEnds }: FileTree, folder: number): Steps<readonly number[]> {
	const children: number[] = [];
	for (let child = folder + 1; child < subtreeEnds[folder]; child = subtreeEnds[child]) {
		children.push(child);
		if (children.length % CHILDREN_A_STEP === 0) yield;
	}
	return children;
}

/** A name that is exactly as written comes before one that is printed so. */
function* childCalled(tree: FileTree, children: readonly number[], name: string): Steps<number | null> {
	const bytes = Buffer.from(name);
	const exact = yield* firstOf(children, (child) => bytes.equals(stringAt(tree.names, child)));
	if (exact !== null || !name.includes('\\')) return exact;
	return yield* firstOf(children, (child) => {
		const decoded = nameOf(tree, child);
		return decoded === name || escapeForTerminal(decoded) === name;
	});
}

function* firstOf(children: readonly number[], matches: (child: number) => boolean): Steps<number | null> {
	let found: number | null = null;
	yield* inParts(children.length, CHILDREN_A_STEP, (from, to) => {
		for (let index = from; index < to && found === null; index++)
			if (matches(children[index])) found = children[index];
	});
	return found;
}

function shownName(tree: FileTree, node: number): string {
	return escapeForTerminal(nameOf(tree, node));
}
