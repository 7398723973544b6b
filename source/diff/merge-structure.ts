import { StringColumnBuilder, trimmed, withRoom } from '../columns/grow.ts';
import { type FileTree, NO_ENTRY } from '../filetree/file-tree.ts';
import type { Steps } from '../steps.ts';
import { type StringColumn, stringAt } from '../tar/changeset.ts';

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
	merged.add({ parent: NOT_THERE, name: new Uint8Array(0), changes: [NOT_THERE, NOT_THERE] });
	const open: OpenFolder[] = [{ node: 0, next: [1, 1], ends: [trees[0].nodeCount, trees[1].nodeCount] }];
	for (let visited = 1; open.length > 0; visited++) {
		if (visited % CHILDREN_A_STEP === 0) yield;
		const folder = open[open.length - 1];
		const children = takeChildren(trees, folder);
		if (children === null) {
			merged.close(folder.node);
			open.pop();
			continue;
		}
		const changes: Both<number> = [finalChange(trees[0], children[0]), finalChange(trees[1], children[1])];
		if (changes[0] === NOT_THERE && changes[1] === NOT_THERE) continue;
		const [tree, child] = changes[1] === NOT_THERE ? [trees[0], children[0]] : [trees[1], children[1]];
		const node = merged.add({ parent: folder.node, name: stringAt(tree.names, child), changes });
		open.push({ node, ...below(trees, children, changes) });
	}
	return merged.finish();
}

/** A folder, and which children are left to visit in each tree. */
interface OpenFolder {
	readonly node: number;
	readonly next: [number, number];
	readonly ends: Both<number>;
}

/** The next child of both trees, or of the one whose name comes first; null when none is left. */
function takeChildren(trees: Both<FileTree>, { next, ends }: OpenFolder): Both<number> | null {
	const [hasOld, hasNew] = [next[0] < ends[0], next[1] < ends[1]];
	if (!hasOld && !hasNew) return null;
	const names = () => Buffer.compare(stringAt(trees[0].names, next[0]), stringAt(trees[1].names, next[1]));
	const order = hasOld && hasNew ? names() : Number(hasNew) - Number(hasOld);
	const taken: Both<number> = [order <= 0 ? next[0] : NOT_THERE, order >= 0 ? next[1] : NOT_THERE];
	for (const side of [0, 1] as const)
		if (taken[side] !== NOT_THERE) next[side] = trees[side].subtreeEnds[taken[side]];
	return taken;
}

/** The change that made a node what it is at the top of the stack; NOT_THERE where that is nothing. */
function finalChange({ changeStarts, changeEntries }: FileTree, node: number): number {
	if (node === NOT_THERE) return NOT_THERE;
	const last = changeStarts[node + 1] - 1;
	return last >= changeStarts[node] && changeEntries[last] !== NO_ENTRY ? last : NOT_THERE;
}

/** What is below a path that is not there is not there either. */
function below(
	trees: Both<FileTree>,
	nodes: Both<number>,
	changes: Both<number>,
): Pick<OpenFolder, 'next' | 'ends'> {
	const startOf = (side: 0 | 1): number => (changes[side] === NOT_THERE ? 0 : nodes[side] + 1);
	const endOf = (side: 0 | 1): number =>
		changes[side] === NOT_THERE ? 0 : trees[side].subtreeEnds[nodes[side]];
	return { next: [startOf(0), startOf(1)], ends: [endOf(0), endOf(1)] };
}

interface MergedNode {
	readonly parent: number;
	readonly name: Uint8Array;
	readonly changes: Both<number>;
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

	/** Gives the number of the node. */
	add({ parent, name, changes }: MergedNode): number {
		const node = this.#count;
		if (node === this.#parents.length) this.#makeRoom(node + 1);
		this.#count += 1;
		this.#parents[node] = parent;
		this.#oldChanges[node] = changes[0];
		this.#newChanges[node] = changes[1];
		this.#names.push(name);
		return node;
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
