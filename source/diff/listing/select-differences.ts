import type { FileTree } from '../../filetree/file-tree.ts';
import { nameOf, pathOf } from '../../filetree/paths.ts';
import type { Steps } from '../../steps.ts';
import { globMatcher } from '../../text/glob/path-globs.ts';
import { type ComparedTree, type FileDifferences, findDifferences } from './file-differences.ts';

/** Which paths of a comparison count. */
export interface Selection {
	/** Globs of paths that do not count, with or without a leading slash. A glob that matches a folder is about all that is in it. */
	readonly ignore: readonly string[];
	/** The node of the merged tree at or below which a path has to be; null for all paths. */
	readonly below: number | null;
}

/** The differences at the paths that are selected, counted anew. What moved from or to a path that is not selected is added or removed. */
export function* selectDifferences(
	compared: ComparedTree & { readonly files: FileDifferences },
	{ ignore, below }: Selection,
): Steps<FileDifferences> {
	if (ignore.length === 0 && below === null) return compared.files;
	const { tree } = compared.comparison;
	const isIgnored = isIgnoredBy(tree, ignore);
	const top = below ?? 0;
	const end = tree.subtreeEnds[top];
	return yield* findDifferences(compared, (node) => node >= top && node < end && !isIgnored(node));
}

/** Tells whether globs match a node or what it is below. */
export function isIgnoredBy(tree: FileTree, globs: readonly string[]): (node: number) => boolean {
	if (globs.length === 0) return () => false;
	const ignored = new IgnoredNodes(tree, globs);
	return (node) => ignored.has(node);
}

const UNKNOWN = 0;
const KEPT = 1;
const IGNORED = 2;

/** The nodes that globs match, and all below them. */
class IgnoredNodes {
	readonly #tree: FileTree;
	readonly #matches: (path: string) => boolean;
	readonly #states: Uint8Array;

	constructor(tree: FileTree, globs: readonly string[]) {
		this.#tree = tree;
		this.#matches = globMatcher(globs);
		this.#states = new Uint8Array(tree.nodeCount);
		this.#states[0] = KEPT;
	}

	has(node: number): boolean {
		const { parents } = this.#tree;
		const open: number[] = [];
		let above = node;
		for (; this.#states[above] === UNKNOWN; above = parents[above]) open.push(above);
		let state = this.#states[above];
		let path = state === IGNORED || open.length === 0 ? '' : pathOf(this.#tree, above);
		for (const each of open.reverse()) {
			if (state === KEPT) {
				path = path === '' ? nameOf(this.#tree, each) : `${path}/${nameOf(this.#tree, each)}`;
				if (this.#matches(path)) state = IGNORED;
			}
			this.#states[each] = state;
		}
		return state === IGNORED;
	}
}
