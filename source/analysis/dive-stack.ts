import { discard } from '../columns/grow.ts';
import type { PathTree } from '../filetree/file-tree.ts';
import { LiveNodes } from '../filetree/live-nodes.ts';
import { type Changeset, DIRECTORY, WHITEOUT } from '../tar/changeset.ts';

const NO_NODE = -1;

/**
 * The stacked tree as dive keeps it: a file over a directory keeps the directory's children, and opaque markers do nothing. Only nodes that
 * some whiteout is about and those below them are in it: nobody asks about others.
 */
export class DiveStack {
	readonly #parents: Int32Array;
	readonly #isAskedAbout: Uint8Array;
	readonly #live: LiveNodes;
	readonly #isThere: Uint8Array;
	readonly #isDirectory: Uint8Array;
	readonly #sizes: Float64Array;
	/** The last round in which a node was a parent of an entry. */
	readonly #impliedIn: Int32Array;
	#round = 0;

	/** `entryNodes` has the node of each entry, layer by layer. */
	constructor({ nodeCount, parents, changesets }: PathTree, entryNodes: readonly Int32Array[]) {
		this.#parents = parents;
		this.#isAskedAbout = new Uint8Array(nodeCount);
		for (const [layer, { kinds }] of changesets.entries()) this.#ask(kinds, entryNodes[layer]);
		for (let node = 1; node < nodeCount; node++)
			this.#isAskedAbout[node] |= this.#isAskedAbout[parents[node]];
		this.#live = new LiveNodes(nodeCount);
		this.#live.reserve(0, nodeCount);
		this.#isThere = new Uint8Array(nodeCount);
		this.#isDirectory = new Uint8Array(nodeCount);
		this.#sizes = new Float64Array(nodeCount);
		this.#impliedIn = new Int32Array(nodeCount);
		this.#isThere[0] = 1;
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		this.#live.discard();
		const columns = [this.#isAskedAbout, this.#isThere, this.#isDirectory, this.#sizes, this.#impliedIn];
		for (const column of columns) discard(column);
	}

	/** Whether a node is there that a whiteout is about. */
	has(node: number): boolean {
		return this.#isThere[node] === 1;
	}

	/** What a whiteout counts for: what a directory holds, 0 for anything else. */
	whiteoutBytes(node: number): number {
		if (this.#isDirectory[node] === 0) return 0;
		let bytes = 0;
		const open = [node];
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			bytes += this.#sizes[at];
			for (let child = this.#live.firstChild(at); child !== NO_NODE; child = this.#live.nextSibling(child)) {
				open.push(child);
			}
		}
		return bytes;
	}

	/** Stacks a layer: markers first, then entries, each of which is there with all its parents. */
	apply({ count, kinds, sizes }: Changeset, nodes: Int32Array): void {
		for (let index = kinds.indexOf(WHITEOUT); index !== -1; index = kinds.indexOf(WHITEOUT, index + 1))
			this.#remove(nodes[index]);
		this.#round += 1;
		for (let index = 0; index < count; index++) {
			const node = nodes[index];
			if (this.#isAskedAbout[node] === 0) continue;
			if (kinds[index] > WHITEOUT) this.#addImplied(node);
			else this.#addImplied(this.#parents[node]);
		}
		for (let index = 0; index < count; index++) {
			const node = nodes[index];
			if (kinds[index] >= WHITEOUT || this.#isAskedAbout[node] === 0) continue;
			this.#link(node);
			this.#sizes[node] = sizes[index];
			this.#isDirectory[node] = Number(kinds[index] === DIRECTORY);
		}
	}

	#ask(kinds: Uint8Array, nodes: Int32Array): void {
		for (let index = kinds.indexOf(WHITEOUT); index !== -1; index = kinds.indexOf(WHITEOUT, index + 1))
			this.#isAskedAbout[nodes[index]] = 1;
	}

	/** A parent that the layer only implies loses what dive knew of it. */
	#addImplied(node: number): void {
		for (let at = node; this.#isOpen(at); at = this.#parents[at]) {
			this.#impliedIn[at] = this.#round;
			this.#sizes[at] = 0;
			this.#isDirectory[at] = 0;
			this.#link(at);
		}
	}

	/** Whether a node is asked about and was no parent in this round so far. */
	#isOpen(node: number): boolean {
		return node > 0 && this.#isAskedAbout[node] === 1 && this.#impliedIn[node] !== this.#round;
	}

	#link(node: number): void {
		if (this.#isThere[node] === 1) return;
		this.#isThere[node] = 1;
		this.#live.link(this.#parents[node], node);
	}

	#remove(node: number): void {
		if (!this.has(node) || node === 0) return;
		this.#live.unlink(this.#parents[node], node);
		const open = [node];
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			this.#isThere[at] = 0;
			for (let child = this.#live.firstChild(at); child !== NO_NODE; child = this.#live.nextSibling(child)) {
				open.push(child);
			}
			this.#live.clear(at);
		}
	}
}
