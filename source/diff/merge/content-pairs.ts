import { withRoom } from '../../columns/grow.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import {
	contentEntryOf,
	describingEntryOf,
	isHardLink,
	kindOfEntry,
	type LayerEntry,
} from '../../filetree/links.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY, FILE, HARD_LINK, stringAt } from '../../tar/changeset.ts';
import { type Both, type MergedStructure, NOT_THERE } from './merge-structure.ts';

/** Files at one path of both images that have one size, so that only their contents can tell whether they are equal. */
export interface ContentPairs {
	readonly count: number;
	/** The merged node of each pair, ascending. */
	readonly nodes: Int32Array;
	/** Of each image: the layer, 0-based, and the entry in its changeset that has the content. */
	readonly layers: Both<Uint16Array>;
	readonly entries: Both<Int32Array>;
}

/** What the contents at a merged node have in common. */
export const SAME_CONTENT = 0;
export const OTHER_CONTENT = 1;
/** Type of file, directory, link or device is another one. */
export const OTHER_TYPE = 2;
/** The sizes are equal, and of one of the contents nothing else is known, as in a report without digests. */
export const UNKNOWN_CONTENT = 3;

/** Both images have the path from one entry of one layer: nothing at all differs. */
export const SAME_ENTRY = 4;

/** What the contents of two images at each path have in common. */
export interface ContentRelations {
	/** One of the codes for each merged node; SAME_CONTENT where one of the images has nothing, and for the pairs. */
	readonly codes: Uint8Array;
	readonly pairs: ContentPairs;
}

export interface RelatedImages {
	readonly trees: Both<FileTree>;
	readonly structure: MergedStructure;
	/** Equal numbers mean the same layer (`shared-layers.ts`). */
	readonly layerNumbers: Both<Uint32Array>;
}

const NODES_A_STEP = 4096;

/** Tells types, sizes and link targets apart, and finds the files whose contents have to be compared. */
export function* relateContents(images: RelatedImages): Steps<ContentRelations> {
	const { parents, changes } = images.structure;
	const [oldChanges, newChanges] = changes;
	const codes = new Uint8Array(parents.length);
	const relating = { pairs: new PairColumns(), sharedBelow: sharedBelow(images.layerNumbers) };
	yield* inParts(parents.length, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) {
			const [older, newer] = [oldChanges[node], newChanges[node]];
			if (older === NOT_THERE || newer === NOT_THERE) continue;
			codes[node] = areOneEntry(images, older, newer)
				? SAME_ENTRY
				: relate(images, [older, newer], { ...relating, node });
		}
	});
	return { codes, pairs: relating.pairs.finish() };
}

interface Relating {
	readonly node: number;
	readonly pairs: PairColumns;
	/** How many of the lowest layers both images share. */
	readonly sharedBelow: number;
}

function relate(images: RelatedImages, changes: Both<number>, relating: Relating): number {
	const { trees } = images;
	const kind = kindOfEntry(trees[0], changes[0]);
	const newKind = kindOfEntry(trees[1], changes[1]);
	if (isFile(kind) && isFile(newKind)) return relateFiles(images, changes, relating);
	if (kind !== newKind) return OTHER_TYPE;
	if (kind === DIRECTORY) return SAME_CONTENT;
	const isSame = Buffer.compare(targetOf(trees[0], changes[0]), targetOf(trees[1], changes[1])) === 0;
	return isSame ? SAME_CONTENT : OTHER_CONTENT;
}

/** A second name of a file is a file; the kind of a link to a symlink or a device is that of what it links to. */
function isFile(kind: number): boolean {
	return kind === FILE || kind === HARD_LINK;
}

function targetOf(tree: FileTree, change: number): Uint8Array {
	const { layerIndex, entry } = describingEntryOf(tree, change);
	return stringAt(tree.changesets[layerIndex].targets, entry);
}

/** A hard link is told by more than its entry: what it links to may be in a layer below. */
function areOneEntry({ trees, layerNumbers }: RelatedImages, oldChange: number, newChange: number): boolean {
	const [older, newer] = trees;
	const entry = older.changeEntries[oldChange];
	if (entry !== newer.changeEntries[newChange]) return false;
	if (entry < 0) return true;
	const [oldLayer, newLayer] = [older.changeLayers[oldChange], newer.changeLayers[newChange]];
	if (layerNumbers[0][oldLayer] !== layerNumbers[1][newLayer]) return false;
	const { count, kinds } = older.changesets[oldLayer];
	return count === newer.changesets[newLayer].count && kinds[entry] !== HARD_LINK;
}

function relateFiles(
	images: RelatedImages,
	changes: Both<number>,
	{ node, pairs, sharedBelow }: Relating,
): number {
	const { trees } = images;

	const older = contentEntryOf(trees[0], changes[0]);
	const newer = contentEntryOf(trees[1], changes[1]);
	const bytes = bytesOf(trees[0], older);
	if (bytes !== bytesOf(trees[1], newer)) return OTHER_CONTENT;
	if (bytes === 0 || older === null || newer === null) return SAME_CONTENT;
	// One layer on the same layers leaves the same.
	const layer = trees[0].changeLayers[changes[0]];
	if (layer < sharedBelow && layer === trees[1].changeLayers[changes[1]]) return SAME_CONTENT;
	if (areOneContent(images, changes, [older, newer])) return SAME_CONTENT;
	pairs.add(node, [older, newer]);
	return SAME_CONTENT;
}

/** A hard link to nothing is an empty file. */
function bytesOf({ changesets }: FileTree, content: LayerEntry | null): number {
	return content === null ? 0 : changesets[content.layerIndex].sizes[content.entry];
}

/**
 * Whether both contents are of one layer, and there of one path or at one position. Entries may be numbered differently, because a saved report
 * does not list all of them.
 */
function areOneContent(
	{ trees, layerNumbers }: RelatedImages,
	changes: Both<number>,
	[older, newer]: Both<LayerEntry>,
): boolean {
	if (layerNumbers[0][older.layerIndex] !== layerNumbers[1][newer.layerIndex]) return false;
	if (!isHardLink(trees[0], changes[0]) && !isHardLink(trees[1], changes[1])) return true;
	const position = positionOf(trees[0], older);
	return position > 0 && position === positionOf(trees[1], newer);
}

/** In the uncompressed tar; 0 where only a report is left of the layer. */
function positionOf({ changesets }: FileTree, { layerIndex, entry }: LayerEntry): number {
	return changesets[layerIndex].positions[entry];
}

function sharedBelow([older, newer]: Both<Uint32Array>): number {
	const differing = older.findIndex((number, index) => number !== newer[index]);
	return differing < 0 ? older.length : differing;
}

class PairColumns {
	#count = 0;
	#nodes = new Int32Array(64);
	#oldLayers = new Uint16Array(64);
	#newLayers = new Uint16Array(64);
	#oldEntries = new Int32Array(64);
	#newEntries = new Int32Array(64);

	add(node: number, [older, newer]: Both<LayerEntry>): void {
		const pair = this.#count;
		if (pair === this.#nodes.length) this.#makeRoom(pair + 1);
		this.#count += 1;
		this.#nodes[pair] = node;
		this.#oldLayers[pair] = older.layerIndex;
		this.#newLayers[pair] = newer.layerIndex;
		this.#oldEntries[pair] = older.entry;
		this.#newEntries[pair] = newer.entry;
	}

	finish(): ContentPairs {
		const count = this.#count;
		return {
			count,
			nodes: this.#nodes.slice(0, count),
			layers: [this.#oldLayers.slice(0, count), this.#newLayers.slice(0, count)],
			entries: [this.#oldEntries.slice(0, count), this.#newEntries.slice(0, count)],
		};
	}

	#makeRoom(count: number): void {
		this.#nodes = withRoom(this.#nodes, count);
		this.#oldLayers = withRoom(this.#oldLayers, count);
		this.#newLayers = withRoom(this.#newLayers, count);
		this.#oldEntries = withRoom(this.#oldEntries, count);
		this.#newEntries = withRoom(this.#newEntries, count);
	}
}
