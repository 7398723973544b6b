import type { FileTree } from '../../filetree/file-tree.ts';
import type { Claim } from './finding.ts';

/**
 * What findings claim the bytes of: dead inodes, visible ones, or parts of those, by position. An image may have a million, so none of them
 * becomes an object.
 */
export interface Units {
	readonly count: number;
	nodeAt(index: number): number;
	bytesAt(index: number): number;
	/** What is claimed once, below `keyCountOf`: dead inodes and visible ones are told apart. */
	keyAt(index: number): number;
}

/** How many things there are to be claimed. */
export function keyCountOf({ nodeCount, waste }: FileTree): number {
	return nodeCount + waste.count;
}

/** What a claim is made of. `liveBytes` has the bytes of each node in the final file system. */
export function unitsOf({ waste, nodeCount }: FileTree, liveBytes: Float64Array, claim: Claim): Units {
	if (claim.kind === 'dead') {
		const { rows } = claim;
		return {
			count: rows.length,
			nodeAt: (index) => waste.nodes[rows[index]],
			bytesAt: (index) => waste.bytes[rows[index]],
			keyAt: (index) => nodeCount + rows[index],
		};
	}
	const { nodes } = claim;
	const nodeAt = (index: number): number => nodes[index];
	return { count: nodes.length, nodeAt, bytesAt: bytesAtOf(claim, liveBytes), keyAt: nodeAt };
}

function bytesAtOf(claim: Exclude<Claim, { kind: 'dead' }>, liveBytes: Float64Array): Units['bytesAt'] {
	if (claim.kind === 'nothing') return () => 0;
	const { nodes } = claim;
	if (claim.kind === 'live') return (index) => liveBytes[nodes[index]];
	return (index) => Math.min(claim.bytes[index], liveBytes[nodes[index]]);
}
