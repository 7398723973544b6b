import type { Steps } from '../../steps.ts';
import { FILE } from '../../tar/changeset.ts';
import { type FileTree, NO_ENTRY } from '../file-tree.ts';
import { forEachChange, nodeOfChange } from '../layer-changes.ts';

/**
 * The files of an image that have had more than one name, with their names. A name is a node from one of its changes to the next. All
 * columns but those of names and layers have `count` items.
 */
export interface Inodes {
	readonly count: number;
	readonly bytes: Float64Array;
	/** The layer, 0-based, that has the content. */
	readonly layers: Uint16Array;
	/** The change that brought the content, and its node, the first name; -1 where the same layer replaced it again. */
	readonly ownChanges: Int32Array;
	readonly ownNodes: Int32Array;
	/** The names of inode n are `[nameStarts[n], nameStarts[n + 1])`, in the order of nodes. */
	readonly nameStarts: Uint32Array;
	readonly nameNodes: Int32Array;
	readonly nameChanges: Uint32Array;
	/** The inodes of which layer k brings or takes names are `[layerStarts[k], layerStarts[k + 1])` of `layerInodes`. */
	readonly layerStarts: Uint32Array;
	readonly layerInodes: Uint32Array;
	/** The inodes by the changes that made names of them. */
	readonly byChange: ReadonlyMap<number, number>;
}

const known = new WeakMap<FileTree, Inodes>();
const NONE = -1;
const ITEMS_A_STEP = 4096;

/** The inodes of a tree with several names, worked out once. */
export function* inodesOf(tree: FileTree): Steps<Inodes> {
	const before = known.get(tree);
	if (before !== undefined) return before;
	const contents = yield* linkedContents(tree);
	const names = yield* namesOf(tree, contents);
	const { layerStarts, layerInodes } = yield* changingInodes(tree, contents.bytes.length, names);
	const inodes: Inodes = {
		count: contents.bytes.length,
		bytes: Float64Array.from(contents.bytes),
		layers: Uint16Array.from(contents.layers),
		ownChanges: contents.ownChanges,
		ownNodes: contents.ownChanges.map((change) => (change === NONE ? NONE : nodeOfChange(tree, change))),
		byChange: yield* inodesByChange(names),
		...names,
		layerStarts,
		layerInodes,
	};
	known.set(tree, inodes);
	return inodes;
}

interface LinkedContents {
	readonly bytes: readonly number[];
	readonly layers: readonly number[];
	readonly ownChanges: Int32Array;
	readonly ofLinks: Int32Array;
}

/** What hard links lead to, each content once. */
function* linkedContents(tree: FileTree): Steps<LinkedContents> {
	const { links, changesets, layerCount } = tree;
	const ofLinks = new Int32Array(links.changes.length).fill(NONE);
	/** For each layer the inodes by their entries. */
	const byEntry = Array.from({ length: layerCount }, () => new Map<number, number>());
	const [bytes, layers]: [number[], number[]] = [[], []];
	for (let link = 0; link < ofLinks.length; link++) {
		if (link % ITEMS_A_STEP === 0) yield;
		const [layer, entry] = [links.layers[link], links.entries[link]];
		if (entry === NO_ENTRY) continue;
		const { kinds, sizes } = changesets[layer];
		if (kinds[entry] !== FILE || sizes[entry] === 0) continue;
		let inode = byEntry[layer].get(entry);
		if (inode === undefined) {
			inode = bytes.push(sizes[entry]) - 1;
			layers.push(layer);
			byEntry[layer].set(entry, inode);
		}
		ofLinks[link] = inode;
	}
	return { bytes, layers, ofLinks, ownChanges: yield* ownChangesOf(tree, bytes.length, byEntry) };
}

function* ownChangesOf(
	tree: FileTree,
	count: number,
	byEntry: readonly ReadonlyMap<number, number>[],
): Steps<Int32Array> {
	const ownChanges = new Int32Array(count).fill(NONE);
	for (const [layer, inodes] of byEntry.entries()) {
		if (inodes.size === 0) continue;
		yield* forEachChange(tree, layer, (_, change) => {
			const inode = inodes.get(tree.changeEntries[change]);
			if (inode !== undefined) ownChanges[inode] = change;
		});
	}
	return ownChanges;
}

function* inodesByChange({ nameStarts, nameChanges }: Names): Steps<ReadonlyMap<number, number>> {
	const byChange = new Map<number, number>();
	for (let inode = 0; inode + 1 < nameStarts.length; inode++) {
		for (let name = nameStarts[inode]; name < nameStarts[inode + 1]; name++) {
			if (name % ITEMS_A_STEP === 0) yield;
			byChange.set(nameChanges[name], inode);
		}
	}
	return byChange;
}

type Names = Pick<Inodes, 'nameStarts' | 'nameNodes' | 'nameChanges'>;

/** The names of each inode. Changes are in the order of their nodes, and links in the order of their changes. */
function* namesOf(tree: FileTree, { ownChanges, ofLinks }: LinkedContents): Steps<Names> {
	const { links } = tree;
	const nameStarts = new Uint32Array(ownChanges.length + 1);
	for (const inode of ofLinks) if (inode !== NONE) nameStarts[inode + 1] += 1;
	for (const [inode, change] of ownChanges.entries()) if (change !== NONE) nameStarts[inode + 1] += 1;
	for (let inode = 0; inode < ownChanges.length; inode++) nameStarts[inode + 1] += nameStarts[inode];
	const nameChanges = new Uint32Array(nameStarts[ownChanges.length]);
	const ends = nameStarts.slice();
	const owns = ownChanges.slice();
	const add = (inode: number, change: number) => {
		nameChanges[ends[inode]++] = change;
	};
	for (let link = 0; link < ofLinks.length; link++) {
		if (link % ITEMS_A_STEP === 0) yield;
		const inode = ofLinks[link];
		if (inode === NONE) continue;
		const change = links.changes[link];
		if (owns[inode] !== NONE && owns[inode] < change) {
			add(inode, owns[inode]);
			owns[inode] = NONE;
		}
		add(inode, change);
	}
	for (const [inode, change] of owns.entries()) if (change !== NONE) add(inode, change);
	const nameNodes = new Int32Array(nameChanges.length);
	for (let name = 0; name < nameNodes.length; name++) {
		if (name % ITEMS_A_STEP === 0) yield;
		nameNodes[name] = nodeOfChange(tree, nameChanges[name]);
	}
	return { nameStarts, nameNodes, nameChanges };
}

/** For each layer the inodes of which it brings or takes a name. */
function* changingInodes(
	tree: FileTree,
	count: number,
	names: Names,
): Steps<Pick<Inodes, 'layerStarts' | 'layerInodes'>> {
	const byLayer: number[][] = Array.from({ length: tree.layerCount }, () => []);
	const add = (layer: number, inode: number) => {
		if (byLayer[layer].at(-1) !== inode) byLayer[layer].push(inode);
	};
	for (let inode = 0; inode < count; inode++) {
		for (let name = names.nameStarts[inode]; name < names.nameStarts[inode + 1]; name++) {
			if (name % ITEMS_A_STEP === 0) yield;
			const change = names.nameChanges[name];
			add(tree.changeLayers[change], inode);
			if (change + 1 < tree.changeStarts[names.nameNodes[name] + 1])
				add(tree.changeLayers[change + 1], inode);
		}
	}
	const layerStarts = new Uint32Array(tree.layerCount + 1);
	for (const [layer, inodes] of byLayer.entries())
		layerStarts[layer + 1] = layerStarts[layer] + inodes.length;
	return { layerStarts, layerInodes: Uint32Array.from(byLayer.flat()) };
}
