import type { ChangeKind, WasteCause } from '../../../source/filetree/file-tree.ts';
import type { PlainInode, PlainLayer, PlainNode, PlainState } from './plain-model.ts';

export type PlainChange = Exclude<ChangeKind, 'absent' | 'unchanged'>;

/** The change of each path that changed between two states; `from` is how many layers make the earlier one. */
export function changesBetween(
	before: PlainState,
	after: PlainState,
	from: number,
): ReadonlyMap<string, PlainChange> {
	const changes = new Map<string, PlainChange>();
	for (const path of new Set([...before.keys(), ...after.keys()])) {
		const change = changeOf(before.get(path), after.get(path), from);
		if (change !== null) changes.set(path, change);
	}
	return changes;
}

function changeOf(
	before: PlainNode | undefined,
	after: PlainNode | undefined,
	from: number,
): PlainChange | null {
	if (before === undefined) return after === undefined || after.isImplied ? null : 'added';
	if (after === undefined) return before.isListed ? 'removed' : null;
	if (
		before.type !== after.type ||
		before.target !== after.target ||
		before.inode?.content !== after.inode?.content
	) {
		return 'content';
	}
	if (before.mode !== after.mode || before.uid !== after.uid || before.gid !== after.gid) return 'metadata';
	if (before.xattrs !== after.xattrs) return 'metadata';
	return after.type !== 'directory' && after.layer >= from ? 'identical' : null;
}

/** An inode that was shipped and is not to be seen any more. */
export interface PlainWaste {
	readonly path: string;
	readonly bytes: number;
	/** The layer that shipped it. */
	readonly layer: number;
	/** The layer that took away its last name. */
	readonly culprit: number;
	readonly cause: WasteCause;
}

/** Every dead inode that had bytes, by path, then in the order in which they died. */
export function wasteOf(layers: readonly PlainLayer[]): readonly PlainWaste[] {
	return layers
		.flatMap((layer, culprit) => wasteOfLayer(layer, culprit))
		.filter(({ bytes }) => bytes > 0)
		.sort((one, other) => order(one.path, other.path));
}

function wasteOfLayer({ before, after, inodes }: PlainLayer, culprit: number): readonly PlainWaste[] {
	const changes = changesBetween(before, after, culprit);
	const alive = new Set([...after.values()].map(({ inode }) => inode));
	const waste = (inode: PlainInode, cause: WasteCause) => ({
		path: inode.path,
		bytes: inode.content.length,
		layer: inode.layer,
		culprit,
		cause,
	});
	const superseded = inodes.filter((inode) => !alive.has(inode)).map((inode) => waste(inode, 'duplicate'));
	const dead = [...namesOfInodes(before)].filter(([inode]) => !alive.has(inode));
	return [
		...superseded,
		...dead.map(([inode, names]) => {
			const name = names.includes(inode.path) ? inode.path : names.sort(order)[0];
			const change = changes.get(name);
			if (change === undefined || change === 'added') throw new Error(`${name} died without a change`);
			return waste(inode, change);
		}),
	];
}

function namesOfInodes(state: PlainState): ReadonlyMap<PlainInode, string[]> {
	const names = new Map<PlainInode, string[]>();
	for (const [path, { inode }] of state) {
		if (inode !== null) names.set(inode, [...(names.get(inode) ?? []), path]);
	}
	return names;
}

/** The regular-file bytes that a path carries itself: a hard link carries none. */
export function bytesCarried(node: PlainNode | undefined): number {
	return node?.inode && !node.isHardLink ? node.inode.content.length : 0;
}

export function sizeOfAll(inodes: Iterable<PlainInode>): number {
	return [...inodes].reduce((sum, { content }) => sum + content.length, 0);
}

/** The content of all inodes that have a name in the state. */
export function liveBytes(state: PlainState): number {
	return sizeOfAll(namesOfInodes(state).keys());
}

export function order(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
