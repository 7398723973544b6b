import type { FileTree } from '../../../filetree/file-tree.ts';

/** Nodes that are kept, all together. */
const MAXIMUM_NODES = 2_000_000;

/** What was found for texts that were typed before. Whoever types and deletes comes back to the same ones. */
export class RememberedFinds {
	readonly #finds = new Map<string, Int32Array>();
	#nodeCount = 0;

	get(text: string): Int32Array | undefined {
		return this.#finds.get(text);
	}

	set(text: string, nodes: Int32Array): void {
		this.#nodeCount += nodes.length;
		if (this.#nodeCount > MAXIMUM_NODES) {
			this.#finds.clear();
			this.#nodeCount = nodes.length;
		}
		this.#finds.set(text, nodes);
	}

	/** What the longest known beginning of the text found; null when none is known. */
	longestBeginning(text: string): Int32Array | null {
		for (let length = text.length - 1; length > 0; length--) {
			const nodes = this.#finds.get(text.slice(0, length));
			if (nodes !== undefined) return nodes;
		}
		return null;
	}
}

/** What is remembered of the filters of a tree. */
class FilterCache {
	readonly texts = new RememberedFinds();
	readonly patterns = new RememberedFinds();
	#latest: Int32Array | null = null;

	/** The nodes, as the array that was given last where it has the same ones: then nothing on the screen needs to be worked out anew. */
	latest(nodes: Int32Array): Int32Array {
		if (this.#latest === null || !isSame(this.#latest, nodes)) this.#latest = nodes;
		return this.#latest;
	}
}

function isSame(left: Int32Array, right: Int32Array): boolean {
	return (
		left === right || (left.length === right.length && left.every((node, index) => node === right[index]))
	);
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
