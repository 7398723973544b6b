import type { FileTree } from '../../filetree/file-tree.ts';
import { childCalled, childrenOf } from '../../filetree/following/find-child.ts';
import { nameOf } from '../../filetree/paths.ts';
import type { Steps } from '../../steps.ts';
import { escapePath } from '../../text/escape.ts';

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

/** A suggestion for a misspelt name is looked for among at most this many names. */
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

function shownName(tree: FileTree, node: number): string {
	return escapePath(nameOf(tree, node));
}
