import { inParts, type Steps } from '../../steps.ts';
import type { FileTree } from '../file-tree.ts';
import { type Inodes, type LinkedContents, NONE } from './inodes.ts';

/** The changes that make names of inodes, by change and by inode. */
type FoundNames = Pick<Inodes, 'ownChanges' | 'ownNodes' | 'changes' | 'changeInodes'> & {
	/** The node of each of `changes`. */
	readonly changeNodes: Uint32Array;
};

const NODES_A_STEP = 8192;

/** Looks at all changes once, in their order: links are in the same. */
export function* findNames(tree: FileTree, contents: LinkedContents): Steps<FoundNames> {
	const { changeStarts, changeLayers, changeEntries, links } = tree;
	const { count, ofLinks, ofEntries } = contents;
	const ownChanges = new Int32Array(count).fill(NONE);
	const ownNodes = new Int32Array(count).fill(NONE);
	const changes = new Uint32Array(count + ofLinks.length);
	const changeInodes = new Uint32Array(changes.length);
	const changeNodes = new Uint32Array(changes.length);
	let [found, link] = [0, 0];
	yield* inParts(count === 0 ? 0 : tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			for (let change = changeStarts[node]; change < changeStarts[node + 1]; change++) {
				const isLink = links.changes[link] === change;
				const inode = isLink
					? ofLinks[link++]
					: inodeOfEntry(ofEntries[changeLayers[change]], changeEntries[change]);
				if (inode === NONE) continue;
				if (!isLink) [ownChanges[inode], ownNodes[inode]] = [change, node];
				[changes[found], changeInodes[found], changeNodes[found]] = [change, inode, node];
				found += 1;
			}
		}
	});
	return {
		ownChanges,
		ownNodes,
		changes: changes.subarray(0, found),
		changeInodes: changeInodes.subarray(0, found),
		changeNodes: changeNodes.subarray(0, found),
	};
}

function inodeOfEntry(ofEntries: Int32Array | null, entry: number): number {
	return ofEntries === null || entry < 0 ? NONE : ofEntries[entry];
}

/** The same names, those of each inode side by side. */
export function* namesByInode(
	count: number,
	{ changes, changeInodes, changeNodes }: FoundNames,
): Steps<Pick<Inodes, 'nameStarts' | 'nameNodes' | 'nameChanges'>> {
	const nameStarts = new Uint32Array(count + 1);
	for (const inode of changeInodes) nameStarts[inode + 1] += 1;
	yield;
	for (let inode = 0; inode < count; inode++) nameStarts[inode + 1] += nameStarts[inode];
	yield;
	const nameNodes = new Int32Array(changes.length);
	const nameChanges = new Uint32Array(changes.length);
	const ends = nameStarts.slice();
	yield* inParts(changes.length, NODES_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) {
			const name = ends[changeInodes[index]]++;
			nameNodes[name] = changeNodes[index];
			nameChanges[name] = changes[index];
		}
	});
	return { nameStarts, nameNodes, nameChanges };
}
