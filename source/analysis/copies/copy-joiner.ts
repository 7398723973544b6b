import { sortColumn } from '../../columns/sort-column.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import { isVisible } from '../packages/path-facts.ts';
import { type CopyCandidates, kindOfNode } from './copy-candidates.ts';
import type { CopyColumns } from './copy-columns.ts';
import { JoinedNodes } from './joined-nodes.ts';

const NODES_A_STEP = 2048;
const SORTED_AT_ONCE = 1024;

type Groups = Pick<CopyColumns, 'nodes' | 'ends' | 'files' | 'copyBytes' | 'groupSavedBytes'>;

/**
 * Takes groups of nodes that are alike, larger ones first, and keeps those that save something. What one of them joined counts as one
 * for those that follow, so that nothing is saved twice.
 */
export class CopyJoiner {
	savedBytes = 0;
	readonly #tree: FileTree;
	readonly #candidates: CopyCandidates;
	readonly #joined: JoinedNodes;
	readonly #nodes: number[] = [];
	/** Where the nodes of each group end. */
	readonly #ends: number[] = [];
	readonly #saved: number[] = [];
	#visited = 0;

	constructor(tree: FileTree, candidates: CopyCandidates) {
		this.#tree = tree;
		this.#candidates = candidates;
		this.#joined = new JoinedNodes(tree.nodeCount);
	}

	*add(alike: Int32Array): Steps<void> {
		const copies = yield* this.#apart(alike);
		if (copies.length < 2) return;
		const start = this.#nodes.push(copies[0]);
		let saved = 0;
		for (const copy of copies.slice(1)) {
			const bytes = yield* this.#join(copies[0], copy);
			// A folder whose files are hard links to those of another one is no copy.
			if (bytes > 0) this.#nodes.push(copy);
			saved += bytes;
		}
		if (this.#nodes.length === start) {
			this.#nodes.pop();
			return;
		}
		this.#ends.push(this.#nodes.length);
		this.#saved.push(saved);
		this.savedBytes += saved;
	}

	/** The groups, greatest saving first, then in path order. To be called once, after the last group. */
	*finish(): Steps<Groups> {
		this.#joined.discard();
		const order = yield* this.#ranking();
		const groups = {
			nodes: new Int32Array(this.#nodes.length),
			ends: new Uint32Array(order.length),
			files: new Uint32Array(order.length),
			copyBytes: new Float64Array(order.length),
			groupSavedBytes: new Float64Array(order.length),
		};
		let filled = 0;
		for (let rank = 0; rank < order.length; rank++) {
			const group = order[rank];
			const first = this.#nodes[this.#startOf(group)];
			for (let at = this.#startOf(group); at < this.#ends[group]; at++)
				groups.nodes[filled++] = this.#nodes[at];
			groups.ends[rank] = filled;
			groups.groupSavedBytes[rank] = this.#saved[group];
			const { files, copyBytes } = yield* this.#sumUp(first);
			groups.files[rank] = files;
			groups.copyBytes[rank] = copyBytes;
			if (++this.#visited % NODES_A_STEP === 0) yield;
		}
		return groups;
	}

	*#ranking(): Steps<Uint32Array> {
		const order = Uint32Array.from(this.#saved.keys());
		const firstOf = (group: number): number => this.#nodes[this.#startOf(group)];
		const compare = (left: number, right: number): number =>
			this.#saved[right] - this.#saved[left] || firstOf(left) - firstOf(right);
		yield* sortColumn(order, {
			runLength: SORTED_AT_ONCE,
			sortRun: (run) => run.sort(compare),
			isInOrder: (left, right) => compare(left, right) <= 0,
		});
		return order;
	}

	#startOf(group: number): number {
		return group === 0 ? 0 : this.#ends[group - 1];
	}

	/** The first of those that are joined already; hard links are one. */
	*#apart(alike: Int32Array): Steps<readonly number[]> {
		const known = new Set<number>();
		const apart: number[] = [];
		for (const node of alike) {
			const first = this.#joined.firstOf(this.#candidates.inodes[node]);
			if (!known.has(first)) apart.push(node);
			known.add(first);
			if (++this.#visited % NODES_A_STEP === 0) yield;
		}
		return apart;
	}

	/** Joins two subtrees node by node, and gives the bytes that are then there once less. Equal subtrees have their nodes in the same order. */
	*#join(kept: number, copy: number): Steps<number> {
		const { inodes, bytes } = this.#candidates;
		const others = visibleNodes(this.#tree, copy);
		let saved = 0;
		for (const node of visibleNodes(this.#tree, kept)) {
			const other = others.next();
			if (other.done === true) break;
			const isJoined = this.#joined.join(inodes[node], inodes[other.value]);
			if (isJoined && kindOfNode(this.#tree, node) !== DIRECTORY) saved += bytes[node];
			if (++this.#visited % NODES_A_STEP === 0) yield;
		}
		return saved;
	}

	/** The files of a copy and their bytes; those that are hard links of one another count once. */
	*#sumUp(copy: number): Steps<{ readonly files: number; readonly copyBytes: number }> {
		const { inodes, bytes } = this.#candidates;
		/** Inodes with a first name before the copy. */
		const elsewhere = new Set<number>();
		let [files, copyBytes] = [0, 0];
		for (const node of visibleNodes(this.#tree, copy)) {
			if (++this.#visited % NODES_A_STEP === 0) yield;
			if (kindOfNode(this.#tree, node) === DIRECTORY) continue;
			files += 1;
			const inode = inodes[node];
			if (inode === node || (inode < copy && !elsewhere.has(inode))) copyBytes += bytes[node];
			if (inode < copy) elsewhere.add(inode);
		}
		return { files, copyBytes };
	}
}

function* visibleNodes(tree: FileTree, top: number): Generator<number, undefined> {
	for (let node = top; node < tree.subtreeEnds[top]; node++) if (isVisible(tree, node)) yield node;
}
