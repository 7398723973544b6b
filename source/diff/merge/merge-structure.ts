import { StringColumnBuilder, trimmed, withRoom } from '../../columns/grow.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import type { Steps } from '../../steps.ts';
import type { StringColumn } from '../../tar/changeset.ts';

/** `changes` where an image does not have the path, and of the root. */
export const NOT_THERE = -1;

/** The old image and the new one. */
export type Both<T> = readonly [T, T];

/** The paths of two final file systems, in the order of a file tree, and what each image has there. */
export interface MergedStructure {
	readonly parents: Int32Array;
	readonly subtreeEnds: Uint32Array;
	readonly names: StringColumn;
	/** Of each image: the change of its tree that made each node what it is in the end, or NOT_THERE. */
	readonly changes: Both<Int32Array>;
}

/** Children that are visited in one step. */
const CHILDREN_A_STEP = 4096;

/** Merges the paths that are visible in either image. Siblings of both trees are in one order, so one pass over both is enough. */
export function* mergeStructure(trees: Both<FileTree>): Steps<MergedStructure> {
	const merged = new MergedNodes(trees[0].nodeCount + 1024);
	merged.add(NOT_THERE, NOT_THERE, NOT_THERE);
	merged.addName(trees[0].names, 0);
	const open: OpenFolder[] = [{ node: 0, next: [1, 1], ends: [trees[0].nodeCount, trees[1].nodeCount] }];
	for (let visited = 1; open.length > 0; visited++) {
		if (visited % CHILDREN_A_STEP === 0) yield;
		const folder = open[open.length - 1];
		const order = orderOfNext(trees, folder);
		if (order === null) {
			merged.close(folder.node);
			open.pop();
			continue;
		}
		const older = order <= 0 ? folder.next[0] : NOT_THERE;
		const newer = order >= 0 ? folder.next[1] : NOT_THERE;
		const oldChange = finalChange(trees[0], older);
		const newChange = finalChange(trees[1], newer);
		if (older !== NOT_THERE) folder.next[0] = trees[0].subtreeEnds[older];
		if (newer !== NOT_THERE) folder.next[1] = trees[1].subtreeEnds[newer];
		if (oldChange === NOT_THERE && newChange === NOT_THERE) continue;
		const node = merged.add(folder.node, oldChange, newChange);
		if (newChange === NOT_THERE) merged.addName(trees[0].names, older);
		else merged.addName(trees[1].names, newer);
		const oldEnd = endOfVisible(trees[0], older, oldChange);
		const newEnd = endOfVisible(trees[1], newer, newChange);
		if (oldEnd <= older + 1 && newEnd <= newer + 1) merged.close(node);
		else open.push({ node, next: [older + 1, newer + 1], ends: [oldEnd, newEnd] });
	}
	return merged.finish();
}

/** A folder, and which children are left to visit in each tree. */
interface OpenFolder {
	readonly node: number;
	readonly next: [number, number];
	readonly ends: Both<number>;
}

/** Below 0 where the next child of the old tree comes first, 0 where both have it; null when no child is left. */
function orderOfNext(trees: Both<FileTree>, { next, ends }: OpenFolder): number | null {
	const [hasOld, hasNew] = [next[0] < ends[0], next[1] < ends[1]];
	if (hasOld && hasNew) return compareNames(trees[0].names, next[0], trees[1].names, next[1]);
	return hasOld || hasNew ? Number(hasNew) - Number(hasOld) : null;
}

/** Where the subtree of a node ends; 0 where it is not there, because then nothing below it is. */
function endOfVisible({ subtreeEnds }: FileTree, node: number, change: number): number {
	return change === NOT_THERE ? 0 : subtreeEnds[node];
}

/** The change that made a node what it is at the top of the stack; NOT_THERE where that is nothing. */
function finalChange({ changeStarts, changeEntries }: FileTree, node: number): number {
	if (node === NOT_THERE) return NOT_THERE;
	const last = changeStarts[node + 1] - 1;
	return last >= changeStarts[node] && changeEntries[last] !== NO_ENTRY ? last : NOT_THERE;
}

class MergedNodes {
	#count = 0;
	#parents: Int32Array;
	#subtreeEnds: Uint32Array;
	#oldChanges: Int32Array;
	#newChanges: Int32Array;
	readonly #names: StringColumnBuilder;

	constructor(expected: number) {
		this.#parents = new Int32Array(expected);
		this.#subtreeEnds = new Uint32Array(expected);
		this.#oldChanges = new Int32Array(expected);
		this.#newChanges = new Int32Array(expected);
		this.#names = new StringColumnBuilder({ strings: expected, bytes: expected * 16 });
	}

	/** Gives the number of the node. Its name has to be added next. */
	add(parent: number, oldChange: number, newChange: number): number {
		const node = this.#count;
		if (node === this.#parents.length) this.#makeRoom(node + 1);
		this.#count += 1;
		this.#parents[node] = parent;
		this.#oldChanges[node] = oldChange;
		this.#newChanges[node] = newChange;
		return node;
	}

	/** Gives the node that was added last the name of a node of a tree. */
	addName({ bytes, ends }: StringColumn, node: number): void {
		const from = node === 0 ? 0 : ends[node - 1];
		const room = this.#names.open(ends[node] - from);
		let end = room.start;
		// Names are short, and a view of each would cost more than its bytes.
		for (let index = from; index < ends[node]; index++) room.bytes[end++] = bytes[index];
		this.#names.close(end);
	}

	/** Ends the subtree of a node with the last node that was added. */
	close(node: number): void {
		this.#subtreeEnds[node] = this.#count;
	}

	finish(): MergedStructure {
		const count = this.#count;
		return {
			parents: trimmed(this.#parents, count),
			subtreeEnds: trimmed(this.#subtreeEnds, count),
			names: this.#names.finish(),
			changes: [trimmed(this.#oldChanges, count), trimmed(this.#newChanges, count)],
		};
	}

	#makeRoom(count: number): void {
		this.#parents = withRoom(this.#parents, count);
		this.#subtreeEnds = withRoom(this.#subtreeEnds, count);
		this.#oldChanges = withRoom(this.#oldChanges, count);
		this.#newChanges = withRoom(this.#newChanges, count);
	}
}

/** The order of two names by their bytes. There are as many comparisons as paths, and a view of each name would take most of the time. */
function compareNames(
	left: StringColumn,
	leftIndex: number,
	right: StringColumn,
	rightIndex: number,
): number {
	let leftByte = leftIndex === 0 ? 0 : left.ends[leftIndex - 1];
	let rightByte = rightIndex === 0 ? 0 : right.ends[rightIndex - 1];
	const leftEnd = left.ends[leftIndex];
	const rightEnd = right.ends[rightIndex];
	while (leftByte < leftEnd && rightByte < rightEnd) {
		const order = left.bytes[leftByte++] - right.bytes[rightByte++];
		if (order !== 0) return order;
	}
	return leftEnd - leftByte - (rightEnd - rightByte);
}
