import type { FileTree } from '../../../filetree/file-tree.ts';
import { exactMatches, type Matches } from '../rows/matches.ts';
import type { Find } from './find.ts';

/** The total number of cached nodes and names. */
const MAXIMUM_LENGTH = 1_500_000;

/** The results for texts that were typed before: deleting characters leads back to them. */
export class CachedFinds {
	readonly #finds = new Map<string, Find>();
	#length = 0;

	get(text: string): Find | undefined {
		return this.#finds.get(text);
	}

	set(text: string, find: Find): void {
		const length = find.nodes.length + (find.names?.length ?? 0);
		this.#length += length;
		if (this.#length > MAXIMUM_LENGTH) {
			this.#finds.clear();
			this.#length = length;
		}
		this.#finds.set(text, find);
	}

	/** The result for the longest cached prefix of the text, or null. */
	longestBeginning(text: string): Find | null {
		for (let length = text.length - 1; length > 0; length--) {
			const find = this.#finds.get(text.slice(0, length));
			if (find !== undefined) return find;
		}
		return null;
	}
}

/** The cached results of the filters of a tree. */
class FilterCache {
	readonly texts = new CachedFinds();
	readonly patterns = new CachedFinds();
	#latest: { readonly nodes: Int32Array; readonly matches: Matches } | null = null;

	/** The nodes as matches. Returns the same object again for the same nodes, so that no row is computed anew. */
	matchesOf(nodes: Int32Array): Matches {
		if (this.#latest === null || !isSame(this.#latest.nodes, nodes)) {
			this.#latest = { nodes, matches: exactMatches(nodes) };
		}
		return this.#latest.matches;
	}
}

function isSame(left: Int32Array, right: Int32Array): boolean {
	if (left === right) return true;
	if (left.length !== right.length) return false;
	for (let index = 0; index < left.length; index++) {
		if (left[index] !== right[index]) return false;
	}
	return true;
}

const caches = new WeakMap<FileTree, FilterCache>();

export function filterCacheOf(tree: FileTree): FilterCache {
	let cache = caches.get(tree);
	if (cache === undefined) {
		cache = new FilterCache();
		caches.set(tree, cache);
	}
	return cache;
}
