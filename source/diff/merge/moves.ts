import { NO_ENTRY } from '../../filetree/file-tree.ts';
import { FOLDER, numberSubtrees, UNIQUE } from '../../filetree/number-subtrees.ts';
import { inParts, type Steps, sortInSteps } from '../../steps.ts';
import { type Both, type MergedStructure, NOT_THERE } from './merge-structure.ts';

/** Paths of which one image has the content at another path. Of a folder that moved, all paths below it moved along. */
export interface Moves {
	/** Of each merged node that only the old image has: the node that only the new image has and that it moved to, or NO_ENTRY. */
	readonly movedTo: Int32Array;
	/** The other way round. */
	readonly movedFrom: Int32Array;
}

/**
 * What each merged node that one image alone has is recognised by: equal keys mean equal type and content. A leaf without a key is like no
 * other; a directory that is no leaf is what is in it. A key that begins with `=` is of something without bytes, which moves with its
 * folder alone.
 */
export type MoveKeys = ReadonlyMap<number, string>;

const NODES_A_STEP = 2048;

/**
 * Pairs paths of the old image with paths of the new image that have the same content: whole folders first, the largest first, then single
 * files; of several that are equal the first with the first, in path order. So the pairs are the same when the images are exchanged.
 * What has no bytes moves with its folder alone.
 */
export function* findMoves(structure: MergedStructure, keys: MoveKeys): Steps<Moves> {
	const { parents, subtreeEnds } = structure;
	const movedTo = new Int32Array(parents.length).fill(NO_ENTRY);
	const movedFrom = new Int32Array(parents.length).fill(NO_ENTRY);
	if (keys.size === 0) return { movedTo, movedFrom };
	const groups = yield* groupEqual(structure, yield* numberBySide(structure, keys));
	for (const { nodes } of groups) {
		const [older, newer] = [freeOf(nodes[0], movedTo), freeOf(nodes[1], movedFrom)];
		for (let pair = 0; pair < Math.min(older.length, newer.length); pair++) {
			// Equal subtrees have their nodes in the same order.
			for (let node = older[pair]; node < subtreeEnds[older[pair]]; node++) {
				const target = newer[pair] + node - older[pair];
				movedTo[node] = target;
				movedFrom[target] = node;
			}
		}
		yield;
	}
	return { movedTo, movedFrom };
}

/** Whether a node moved by itself, and not along with its folder. */
export function isOwnMove(
	{ movedFrom }: Moves,
	{ parents }: Pick<MergedStructure, 'parents'>,
	node: number,
): boolean {
	const from = movedFrom[node];
	return from !== NO_ENTRY && movedFrom[parents[node]] !== parents[from];
}

function freeOf(nodes: readonly number[], moved: Int32Array): readonly number[] {
	return nodes.filter((node) => moved[node] === NO_ENTRY);
}

/** Equal numbers mean subtrees with the same names, types and contents. */
interface Subtrees {
	readonly numbers: Int32Array;
	/** 1 where a file with content is in it. */
	readonly hasContent: Uint8Array;
}

function* numberBySide(structure: MergedStructure, keys: MoveKeys): Steps<Subtrees> {
	const { parents, subtreeEnds } = structure;
	const numbers = new Int32Array(parents.length).fill(UNIQUE);
	const hasContent = new Uint8Array(parents.length);
	const known = new Map<string, number>();
	const numberOf = (node: number): number => {
		const key = keys.get(node);
		if (key === undefined) return subtreeEnds[node] === node + 1 ? UNIQUE : FOLDER;
		const number = known.get(key) ?? known.size;
		known.set(key, number);
		if (!key.startsWith('=')) hasContent[node] = 1;
		return number;
	};
	yield* inParts(parents.length, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++)
			if (!isInBoth(structure, node)) numbers[node] = numberOf(node);
	});
	yield* numberSubtrees(structure, numbers);
	yield* inParts(parents.length - 1, NODES_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const node = parents.length - 1 - index;
			hasContent[parents[node]] |= hasContent[node];
		}
	});
	return { numbers, hasContent };
}

function isInBoth({ changes }: MergedStructure, node: number): boolean {
	return changes[0][node] !== NOT_THERE && changes[1][node] !== NOT_THERE;
}

/** Equal subtrees, those of each image in path order. */
interface Group {
	readonly size: number;
	readonly nodes: Both<number[]>;
}

/** Groups that have members in both images, the largest subtrees first. Of one size, none is within another. */
function* groupEqual(
	{ parents, subtreeEnds, changes }: MergedStructure,
	{ numbers, hasContent }: Subtrees,
): Steps<readonly Group[]> {
	const groups = new Map<number, Group>();
	yield* inParts(parents.length, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			if (numbers[node] === UNIQUE || hasContent[node] === 0) continue;
			const group = groups.get(numbers[node]) ?? { size: subtreeEnds[node] - node, nodes: [[], []] };
			groups.set(numbers[node], group);
			group.nodes[changes[0][node] === NOT_THERE ? 1 : 0].push(node);
		}
	});
	const common = [...groups.values()].filter(({ nodes }) => nodes[0].length > 0 && nodes[1].length > 0);
	return yield* sortInSteps(common, (left, right) => right.size - left.size);
}
