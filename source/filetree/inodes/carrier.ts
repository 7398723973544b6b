import { kindBetween } from '../comparison.ts';
import { CONTENT, type FileTree, REMOVED } from '../file-tree.ts';
import { hasOwnName, type InodeAt, visibleNames } from './visible-names.ts';

interface Points {
	readonly from: number;
	readonly to: number;
}

/**
 * The name that carries what layers from one point on have shipped of a file at another: the one that brought it or, where that is gone by
 * then, the first of those that are left, as in one layer for all of them. null where nothing was shipped, or no name is left.
 */
export function carrierOf(at: InodeAt, from: number): number | null {
	if (at.inodes.layers[at.inode] < from) return null;
	return firstName(at);
}

/** The name with which a file was lost: the one that brought it or, where that was gone before, the first of the others; null if it was not lost. */
export function lostNameOf(inode: Omit<InodeAt, 'point'>, { from, to }: Points): number | null {
	return keptNames(inode, { from, to }).length > 0 ? null : firstName({ ...inode, point: from });
}

/** The names that a file had or has, but for those that were removed or are other content now. Not sorted. */
export function keptNames(inode: Omit<InodeAt, 'point'>, { from, to }: Points): readonly number[] {
	const before = visibleNames({ ...inode, point: from });
	const kept = before.filter((node) => !isLost(inode.tree, node, { from, to }));
	return [...new Set([...kept, ...visibleNames({ ...inode, point: to })])];
}

/** Whether a node is gone, or other content than before. */
export function isLost(tree: FileTree, node: number, points: Points): boolean {
	const kind = kindBetween(tree, node, points);
	return kind === REMOVED || kind === CONTENT;
}

function firstName(at: InodeAt): number | null {
	return hasOwnName(at) ? at.inodes.ownNodes[at.inode] : (visibleNames(at)[0] ?? null);
}
