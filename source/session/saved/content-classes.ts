import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { contentEntryOf, type LayerEntry } from '../../filetree/links.ts';
import { inParts, type Steps } from '../../steps.ts';
import { type Changeset, DIGEST_BYTES } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import type { LayerRows } from './layer-rows.ts';

const ITEMS_A_STEP = 4096;

/**
 * Which files with one path and one size have the same content, as far as a report tells: by the kinds of its changes, and by digests. `tree` is
 * the tree as if all of them differed.
 */
export function* savedContentClasses(
	groups: ContentGroups,
	tree: FileTree,
	layers: readonly LayerRows[],
): Steps<ContentClasses> {
	const equal = new EqualContents();
	yield* inParts(tree.nodeCount, ITEMS_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) uniteChanges(tree, node, { layers, equal });
	});
	const classes = new Uint32Array(groups.layers.length);
	yield* inParts(groups.count, ITEMS_A_STEP, (from, to) => {
		for (let group = from; group < to; group++) classify(groups, group, { layers, equal, classes });
	});
	return classes;
}

interface Uniting {
	readonly layers: readonly LayerRows[];
	readonly equal: EqualContents;
}

/** A change of metadata alone, or of nothing, leaves the content that was there before. */
function uniteChanges(tree: FileTree, node: number, { layers, equal }: Uniting): void {
	const { changeStarts, changeEntries, changeLayers } = tree;
	for (let change = changeStarts[node] + 1; change < changeStarts[node + 1]; change++) {
		const entry = changeEntries[change];
		if (entry < 0 || changeEntries[change - 1] === NO_ENTRY) continue;
		if (layers[changeLayers[change]].keepsContent[entry] === 0) continue;
		const [before, after] = [contentEntryOf(tree, change - 1), contentEntryOf(tree, change)];
		if (before !== null && after !== null) equal.unite(keyOf(before), keyOf(after));
	}
}

function keyOf({ layerIndex, entry }: LayerEntry): number {
	return layerIndex * 0x1_0000_0000 + entry;
}

interface Classifying extends Uniting {
	readonly classes: Uint32Array;
}

function classify(
	{ starts, layers: itemLayers, entries }: ContentGroups,
	group: number,
	{ layers, equal, classes }: Classifying,
): void {
	const first = new Map<number | string, number>();
	for (let item = starts[group]; item < starts[group + 1]; item++) {
		const [layerIndex, entry] = [itemLayers[item], entries[item]];
		const root = equal.rootOf(keyOf({ layerIndex, entry }));
		const digest = digestOf(layers[layerIndex].changeset, entry);
		const found = first.get(root) ?? (digest === null ? undefined : first.get(digest)) ?? item;
		classes[item] = found;
		first.set(root, found);
		if (digest !== null) first.set(digest, found);
	}
}

function digestOf({ digests }: Changeset, entry: number): string | null {
	if (digests === null) return null;
	const digest = digests.subarray(entry * DIGEST_BYTES, (entry + 1) * DIGEST_BYTES);
	return digest.every((byte) => byte === 0) ? null : Buffer.from(digest).toString('latin1');
}

/** Sets of entries with the same content (a union-find structure). */
class EqualContents {
	readonly #parents = new Map<number, number>();

	rootOf(key: number): number {
		let root = key;
		for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root))
			root = parent;
		for (let at = key; at !== root; ) {
			const next = this.#parents.get(at) ?? root;
			this.#parents.set(at, root);
			at = next;
		}
		return root;
	}

	unite(left: number, right: number): void {
		const [leftRoot, rightRoot] = [this.rootOf(left), this.rootOf(right)];
		if (leftRoot !== rightRoot) this.#parents.set(rightRoot, leftRoot);
	}
}
