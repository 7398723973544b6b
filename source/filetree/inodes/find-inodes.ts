import { inParts, type Steps } from '../../steps.ts';
import { FILE } from '../../tar/changeset.ts';
import { type FileTree, NO_ENTRY } from '../file-tree.ts';
import { type Inodes, type LinkedContents, NONE } from './inodes.ts';
import { findNames, namesByInode } from './names.ts';

const known = new WeakMap<FileTree, Inodes>();
const ITEMS_A_STEP = 4096;

/** The inodes of a tree with several names, worked out once. */
export function* inodesOf(tree: FileTree): Steps<Inodes> {
	const before = known.get(tree);
	if (before !== undefined) return before;
	const contents = yield* linkedContents(tree);
	const names = yield* findNames(tree, contents);
	const byInode = yield* namesByInode(contents.count, names);
	const inodes: Inodes = {
		count: contents.count,
		bytes: contents.bytes,
		layers: contents.layers,
		ownChanges: names.ownChanges,
		ownNodes: names.ownNodes,
		changes: names.changes,
		changeInodes: names.changeInodes,
		...byInode,
		inOneFolder: yield* inOneFolder(tree, { ...names, ...byInode }),
		...(yield* changingInodes(tree, { count: contents.count, ...byInode })),
	};
	known.set(tree, inodes);
	return inodes;
}

function* linkedContents({ links, changesets, layerCount }: FileTree): Steps<LinkedContents> {
	const ofLinks = new Int32Array(links.changes.length).fill(NONE);
	const ofEntries = new Array<Int32Array | null>(layerCount).fill(null);
	const [bytes, layers]: [number[], number[]] = [[], []];
	yield* inParts(ofLinks.length, ITEMS_A_STEP, (from, to) => {
		for (let link = from; link < to; link++) {
			const [layer, entry] = [links.layers[link], links.entries[link]];
			if (entry === NO_ENTRY) continue;
			const { kinds, sizes } = changesets[layer];
			if (kinds[entry] !== FILE || sizes[entry] === 0) continue;
			ofEntries[layer] ??= new Int32Array(kinds.length).fill(NONE);
			if (ofEntries[layer][entry] === NONE) {
				ofEntries[layer][entry] = bytes.push(sizes[entry]) - 1;
				layers.push(layer);
			}
			ofLinks[link] = ofEntries[layer][entry];
		}
	});
	return {
		count: bytes.length,
		bytes: Float64Array.from(bytes),
		layers: Uint16Array.from(layers),
		ofLinks,
		ofEntries,
	};
}

function* inOneFolder(
	{ parents }: FileTree,
	{ ownNodes, nameStarts, nameNodes }: Pick<Inodes, 'ownNodes' | 'nameStarts' | 'nameNodes'>,
): Steps<Uint8Array> {
	const flags = new Uint8Array(ownNodes.length);
	yield* inParts(flags.length, ITEMS_A_STEP, (from, to) => {
		for (let inode = from; inode < to; inode++) {
			if (ownNodes[inode] === NONE) continue;
			const folder = parents[ownNodes[inode]];
			let name = nameStarts[inode];
			while (name < nameStarts[inode + 1] && parents[nameNodes[name]] === folder) name++;
			flags[inode] = name === nameStarts[inode + 1] ? 1 : 0;
		}
	});
	return flags;
}

/** For each layer the inodes of which it brings or takes a name. */
function* changingInodes(
	tree: FileTree,
	inodes: Pick<Inodes, 'count' | 'nameStarts' | 'nameNodes' | 'nameChanges'>,
): Steps<Pick<Inodes, 'layerStarts' | 'layerInodes'>> {
	const layerStarts = new Uint32Array(tree.layerCount + 1);
	yield* forEachChanging(tree, inodes, (layer) => {
		layerStarts[layer + 1] += 1;
	});
	for (let layer = 0; layer < tree.layerCount; layer++) layerStarts[layer + 1] += layerStarts[layer];
	const layerInodes = new Uint32Array(layerStarts[tree.layerCount]);
	const ends = layerStarts.slice();
	yield* forEachChanging(tree, inodes, (layer, inode) => {
		layerInodes[ends[layer]++] = inode;
	});
	return { layerStarts, layerInodes };
}

/** Visits each layer and each inode of which it brings or takes a name, once for both. */
function* forEachChanging(
	{ layerCount, changeLayers, changeStarts }: FileTree,
	{
		count,
		nameStarts,
		nameNodes,
		nameChanges,
	}: Pick<Inodes, 'count' | 'nameStarts' | 'nameNodes' | 'nameChanges'>,
	visit: (layer: number, inode: number) => void,
): Steps<void> {
	const last = new Int32Array(layerCount).fill(NONE);
	const see = (layer: number, inode: number) => {
		if (last[layer] === inode) return;
		last[layer] = inode;
		visit(layer, inode);
	};
	yield* inParts(count, ITEMS_A_STEP, (from, to) => {
		for (let inode = from; inode < to; inode++) {
			for (let name = nameStarts[inode]; name < nameStarts[inode + 1]; name++) {
				const change = nameChanges[name];
				see(changeLayers[change], inode);
				if (change + 1 < changeStarts[nameNodes[name] + 1]) see(changeLayers[change + 1], inode);
			}
		}
	});
}
