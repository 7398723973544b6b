import type { FileTree } from '../file-tree.ts';
import type { Inodes } from './inodes.ts';

/** An inode at a point of the stack, which is a number of layers. */
export interface InodeAt {
	readonly tree: FileTree;
	readonly inodes: Inodes;
	readonly inode: number;
	readonly point: number;
}

/** The nodes that are names of an inode, ascending. */
export function visibleNames({ tree, inodes, inode, point }: InodeAt): readonly number[] {
	const nodes: number[] = [];
	for (let name = inodes.nameStarts[inode]; name < inodes.nameStarts[inode + 1]; name++) {
		const node = inodes.nameNodes[name];
		if (isAsLeft(tree, node, { change: inodes.nameChanges[name], point })) nodes.push(node);
	}
	return nodes;
}

/** Whether the name that brought the content is still one. */
export function hasOwnName({ tree, inodes, inode, point }: InodeAt): boolean {
	const change = inodes.ownChanges[inode];
	return change !== -1 && isAsLeft(tree, inodes.ownNodes[inode], { change, point });
}

/** Whether a node is at a point as one of its changes left it. */
function isAsLeft(
	{ changeStarts, changeLayers }: FileTree,
	node: number,
	{ change, point }: { readonly change: number; readonly point: number },
): boolean {
	if (changeLayers[change] >= point) return false;
	return change + 1 === changeStarts[node + 1] || changeLayers[change + 1] >= point;
}
