import type { Packages } from '../../../../../analysis/packages/packages.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import { nameOf } from '../../../../../filetree/paths.ts';
import { isDirectoryAt } from './is-directory.ts';
import type { PackageItem } from './package-items.ts';

const NOBODY = -1;
const MOST_FILES = 50;

/** The nodes of the largest files of a package, or of what nobody owns of a folder, largest first. Files without bytes are left out. */
export function largestFiles(
	item: PackageItem,
	{ owners, bytes }: Packages,
	tree: FileTree,
): readonly number[] {
	const owner = ownerOf(item);
	const nodes: number[] = [];
	let least = 0;
	for (const [from, to] of rangesOf(item, tree))
		for (let node = from; node < to; node++) {
			if (owners[node] !== owner || bytes[node] <= least) continue;
			nodes.splice(placeFor(nodes, bytes, bytes[node]), 0, node);
			if (nodes.length <= MOST_FILES) continue;
			nodes.pop();
			least = bytes[nodes[MOST_FILES - 1]];
		}
	return nodes;
}

/** What the column of owners has for it. */
export function ownerOf(item: PackageItem): number {
	return item.kind === 'package' ? item.index : NOBODY;
}

/** Behind all that are as large. */
function placeFor(nodes: readonly number[], bytes: Float64Array, size: number): number {
	let [low, high] = [0, nodes.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (bytes[nodes[middle]] >= size) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The nodes to look at. */
export function* rangesOf(item: PackageItem, tree: FileTree): Generator<readonly [from: number, to: number]> {
	if (item.kind === 'package') {
		yield [1, tree.nodeCount];
		return;
	}
	const { folder } = item.group;
	for (let top = 1; top < tree.nodeCount; top = tree.subtreeEnds[top]) {
		if (folder === '' && !isDirectoryAt(tree, top)) yield [top, top + 1];
		else if (folder !== '' && nameOf(tree, top) === folder) yield [top, tree.subtreeEnds[top]];
	}
}
