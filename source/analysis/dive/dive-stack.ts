import { discard } from '../../columns/grow.ts';
import type { PathTree } from '../../filetree/file-tree.ts';
import { LiveNodes } from '../../filetree/stacking/live-nodes.ts';
import type { Steps } from '../../steps.ts';
import { type Changeset, DIRECTORY, WHITEOUT } from '../../tar/changeset.ts';

const NO_NODE = -1;
/** The number of all nodes that no whiteout is about. */
const UNAFFECTED = 0;
/** Entries that take about a millisecond. */
const ENTRIES_A_STEP = 16_384;

/**
 * The stacked tree as dive builds it: a file over a directory keeps the directory's children, and opaque markers do nothing. Only nodes that
 * some whiteout is about and those below them are in it, under numbers of their own.
 */
export class DiveStack {
	readonly #parents: Int32Array;
	/** The number of each node. */
	readonly #numbers: Int32Array;
	// By number:
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
		this.#numbers = new Int32Array(nodeCount);
		for (const [layer, { kinds }] of changesets.entries())
			for (const index of whiteoutsIn(kinds)) this.#numbers[entryNodes[layer][index]] = 1;
		const room = this.#numberNodes() + 1;
		this.#live = new LiveNodes(room);
		this.#live.reserve(0, room);
		this.#isThere = new Uint8Array(room);
		this.#isDirectory = new Uint8Array(room);
		this.#sizes = new Float64Array(room);
		this.#impliedIn = new Int32Array(room);
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		this.#live.discard();
		const columns = [this.#numbers, this.#isThere, this.#isDirectory, this.#sizes, this.#impliedIn];
		for (const column of columns) discard(column);
	}

	/** Whether all is there that the whiteouts of a layer are about. */
	hasWhatGoes({ kinds }: Changeset, nodes: Int32Array): boolean {
		for (const index of whiteoutsIn(kinds)) if (!this.has(nodes[index])) return false;
		return true;
	}

	/** Whether a node is there that a whiteout is about. */
	has(node: number): boolean {
		return this.#isThere[this.#numbers[node]] === 1;
	}

	/** What a whiteout counts for: what a directory holds, 0 for anything else. */
	*whiteoutBytes(node: number): Steps<number> {
		const top = this.#numbers[node];
		if (this.#isDirectory[top] === 0) return 0;
		let bytes = 0;
		yield* this.#forEachBelow(top, (number) => {
			bytes += this.#sizes[number];
		});
		return bytes;
	}

	/** Stacks a layer: markers first, then entries, each of which is there with all its parents. */
	*apply(changeset: Changeset, nodes: Int32Array): Steps<void> {
		for (const index of whiteoutsIn(changeset.kinds)) {
			yield* this.#remove(nodes[index]);
			yield;
		}
		this.#round += 1;
		for (let start = 0; start < changeset.count; start += ENTRIES_A_STEP) {
			this.#addParents(changeset, nodes, start);
			yield;
		}
		for (let start = 0; start < changeset.count; start += ENTRIES_A_STEP) {
			this.#addEntries(changeset, nodes, start);
			yield;
		}
	}

	#addParents({ count, kinds }: Changeset, nodes: Int32Array, start: number): void {
		const end = Math.min(count, start + ENTRIES_A_STEP);
		for (let index = start; index < end; index++) {
			const node = nodes[index];
			if (this.#numbers[node] === UNAFFECTED) continue;
			if (kinds[index] > WHITEOUT) this.#addImplied(node);
			else this.#addImplied(this.#parents[node]);
		}
	}

	#addEntries({ count, kinds, sizes }: Changeset, nodes: Int32Array, start: number): void {
		const end = Math.min(count, start + ENTRIES_A_STEP);
		for (let index = start; index < end; index++) {
			const number = this.#numbers[nodes[index]];
			if (number === UNAFFECTED || kinds[index] >= WHITEOUT) continue;
			this.#link(nodes[index]);
			this.#sizes[number] = sizes[index];
			this.#isDirectory[number] = Number(kinds[index] === DIRECTORY);
		}
	}

	/** Numbers the nodes that a whiteout is about and all below them; returns how many there are. */
	#numberNodes(): number {
		const numbers = this.#numbers;
		const parents = this.#parents;
		let count = 0;
		for (let node = 1; node < numbers.length; node++) {
			if (numbers[node] === UNAFFECTED && numbers[parents[node]] === UNAFFECTED) continue;
			count += 1;
			numbers[node] = count;
		}
		return count;
	}

	/** A parent that the layer only implies loses what dive knew of it. */
	#addImplied(node: number): void {
		for (let at = node; this.#isOpen(this.#numbers[at]); at = this.#parents[at]) {
			const number = this.#numbers[at];
			this.#impliedIn[number] = this.#round;
			this.#sizes[number] = 0;
			this.#isDirectory[number] = 0;
			this.#link(at);
		}
	}

	/** Whether a whiteout is about a node that was no parent in this round so far. */
	#isOpen(number: number): boolean {
		return number !== UNAFFECTED && this.#impliedIn[number] !== this.#round;
	}

	#link(node: number): void {
		const number = this.#numbers[node];
		if (this.#isThere[number] === 1) return;
		this.#isThere[number] = 1;
		this.#live.link(this.#numbers[this.#parents[node]], number);
	}

	*#remove(node: number): Steps<void> {
		if (!this.has(node)) return;
		const top = this.#numbers[node];
		this.#live.unlink(this.#numbers[this.#parents[node]], top);
		yield* this.#forEachBelow(top, (number) => {
			this.#isThere[number] = 0;
			this.#live.clear(number);
		});
	}

	/** Calls `use` with a number and all below it; it may forget what is below the one that it gets. */
	*#forEachBelow(top: number, use: (number: number) => void): Steps<void> {
		const open = [top];
		let done = 0;
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			for (let child = this.#live.firstChild(at); child !== NO_NODE; child = this.#live.nextSibling(child)) {
				open.push(child);
				if (open.length % ENTRIES_A_STEP === 0) yield;
			}
			use(at);
			done += 1;
			if (done % ENTRIES_A_STEP === 0) yield;
		}
	}
}

/** The positions of a layer's whiteouts, of which there are few or none. */
function* whiteoutsIn(kinds: Uint8Array): Generator<number> {
	for (let index = kinds.indexOf(WHITEOUT); index !== -1; index = kinds.indexOf(WHITEOUT, index + 1))
		yield index;
}
