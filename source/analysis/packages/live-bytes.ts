import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { contentEntryOf, isHardLink, type LayerEntry } from '../../filetree/links.ts';
import type { Steps } from '../../steps.ts';
import { FILE } from '../../tar/changeset.ts';
import { isVisible } from './path-facts.ts';

const NODES_A_STEP = 8192;

/**
 * The bytes of the final file system by node: an inode counts once, at the first of its names in path order. They add up to the live bytes of
 * the image.
 */
export function* liveBytesByNode(tree: FileTree): Steps<Float64Array> {
	const { nodeCount, changeStarts, changeBytes } = tree;
	const bytes = new Float64Array(nodeCount);
	const inodes = yield* inodesByNode(tree);
	for (let node = 0; node < nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		if (inodes[node] !== node || !isVisible(tree, node)) continue;
		const change = changeStarts[node + 1] - 1;
		bytes[node] = isHardLink(tree, change) ? linkedBytes(tree, change) : changeBytes[change];
	}
	return bytes;
}

/** A hard link itself carries none. */
function linkedBytes(tree: FileTree, change: number): number {
	const content = contentEntryOf(tree, change);
	if (content === null) return 0;
	const { kinds, sizes } = tree.changesets[content.layerIndex];
	return kinds[content.entry] === FILE ? sizes[content.entry] : 0;
}

/** By a column that belongs to one tree. Several answers ask. */
const known = new WeakMap<Int32Array, Int32Array>();

/** The inode of each visible node, as the first in path order of the nodes that name it. Without hard links that is the node itself. */
export function* inodesByNode(tree: FileTree): Steps<Int32Array> {
	const inodes = known.get(tree.parents) ?? (yield* findInodes(tree));
	known.set(tree.parents, inodes);
	return inodes;
}

function* findInodes(tree: FileTree): Steps<Int32Array> {
	const { nodeCount, changeStarts, changeLayers, changeEntries } = tree;
	const inodes = new Int32Array(nodeCount);
	const linked = linkedEntries(tree);
	const first = new Map<number, number>();
	for (let node = 0; node < nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		inodes[node] = node;
		const change = changeStarts[node + 1] - 1;
		// Most inodes have one name, and to ask an array for that is faster than to ask a map.
		const isLinked = linked[changeLayers[change]]?.[changeEntries[change]] === 1;
		if ((!isLinked && !isHardLink(tree, change)) || !isVisible(tree, node)) continue;
		const content = contentEntryOf(tree, change);
		if (content === null) continue;
		const key = keyOf(content);
		const name = first.get(key);
		if (name === undefined) first.set(key, node);
		else inodes[node] = name;
	}
	return inodes;
}

/** By layer, 1 for each entry whose content a hard link shares. */
function linkedEntries({ links, changesets }: FileTree): readonly (Uint8Array | undefined)[] {
	const linked: (Uint8Array | undefined)[] = [];
	for (const [index, layerIndex] of links.layers.entries()) {
		const entry = links.entries[index];
		if (entry === NO_ENTRY) continue;
		linked[layerIndex] ??= new Uint8Array(changesets[layerIndex].count);
		linked[layerIndex][entry] = 1;
	}
	return linked;
}

/** Layers and entries are counted in fewer than 2^16 and 2^32. */
function keyOf({ layerIndex, entry }: LayerEntry): number {
	return layerIndex * 2 ** 32 + entry;
}
