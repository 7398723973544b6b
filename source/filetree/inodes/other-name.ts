import { type Comparison, changeBefore, kindAt } from '../comparison.ts';
import { CONTENT, REMOVED } from '../file-tree.ts';
import { carrierOf, keptNames, lostNameOf } from './carrier.ts';
import { inodeOfChange, NONE } from './inodes.ts';

/** Another name of a file, because of which a name has no bytes of its own in a comparison. */
export interface OtherName {
	/** `left`: it is there still, so that nothing is lost. `lost`: it went as well, and the bytes with it. `counts`: it is there and has the bytes. */
	readonly kind: 'left' | 'lost' | 'counts';
	readonly node: number;
}

/** null where a node has its own bytes, or never had any. */
export function otherNameOf(comparison: Comparison, node: number): OtherName | null {
	const { tree, inodes, from, to } = comparison;
	const kind = kindAt(comparison, node);
	const isLost = kind === REMOVED || kind === CONTENT;
	const inode = inodeOfChange(inodes, changeBefore(tree, node, isLost ? from : to));
	if (inode === NONE) return null;
	if (!isLost) {
		const carrier = carrierOf({ tree, inodes, inode, point: to }, 0);
		return carrier === null || carrier === node ? null : { kind: 'counts', node: carrier };
	}
	const kept = keptNames({ tree, inodes, inode }, { from, to });
	if (kept.length > 0) return { kind: 'left', node: kept.reduce((first, each) => Math.min(first, each)) };
	const lost = lostNameOf({ tree, inodes, inode }, { from, to });
	return lost === null || lost === node ? null : { kind: 'lost', node: lost };
}
