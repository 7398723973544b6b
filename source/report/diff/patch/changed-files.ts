import type { ImageDifference } from '../../../diff/image-difference.ts';
import type { DifferenceKind } from '../../../diff/listing/file-differences.ts';
import { OTHER_TYPE } from '../../../diff/merge/content-pairs.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import { attributeOf, attributesNumber } from '../../../filetree/change-attributes.ts';
import { changeBefore, kindAt } from '../../../filetree/comparison.ts';
import { ADDED, CONTENT, type FileTree, METADATA, NO_ENTRY, REMOVED } from '../../../filetree/file-tree.ts';
import { contentEntryOf, describingEntryOf, kindOfEntry, type LayerEntry } from '../../../filetree/links.ts';
import { inParts, type Steps } from '../../../steps.ts';
import { FILE, HARD_LINK, stringAt } from '../../../tar/changeset.ts';

/** What one image has at a path. */
export interface FileVersion {
	/** Of the merged tree. */
	readonly node: number;
	/** Entry-kind code; FILE for a hard link to a file. */
	readonly kind: number;
	/** Permission bits and set-id bits. */
	readonly mode: number;
	readonly owner: string;
	/** Equal numbers mean equal extended attributes. */
	readonly attributes: number;
	/** The layer of the image that has it as it is, 0-based. */
	readonly layerIndex: number;
	/** The entry that has the content of a regular file, its layer one of the image; null for an empty file and for what is no file. */
	readonly content: LayerEntry | null;
	/** Of a regular file, bytes. */
	readonly bytes: number;
	/** Of a symlink or a device. */
	readonly target: Uint8Array;
}

/** A path that differs, as a patch shows it. */
export interface ChangedFile {
	readonly kind: DifferenceKind;
	/** At least one of them is there; both are unless the path was added or removed. */
	readonly versions: Both<FileVersion | null>;
}

/** The nodes `[start, end)` of the merged tree. */
export interface NodeRange {
	readonly start: number;
	readonly end: number;
}

const NODES_A_STEP = 4096;

/**
 * The nodes among some that differ, in path order. What moved is at its new path, or at its old one where the new one is not among the nodes.
 * Of a folder that moved, each path moved.
 */
export function* changedNodes(
	{ comparison, moves }: ImageDifference,
	{ start, end }: NodeRange,
	isIgnored: (node: number) => boolean,
): Steps<readonly number[]> {
	const nodes: number[] = [];
	yield* inParts(end - start, NODES_A_STEP, (first, last) => {
		for (let node = Math.max(1, start + first); node < start + last; node++) {
			const to = moves.movedTo[node];
			const isShownThere = to !== NO_ENTRY && to >= start && to < end;
			if (!isShownThere && kinds[kindAt(comparison, node)] !== undefined && !isIgnored(node))
				nodes.push(node);
		}
	});
	return nodes;
}

/** What differs at a node that differs. */
export function changedFileAt(difference: ImageDifference, node: number): ChangedFile {
	const { comparison, contents, moves } = difference;
	const [from, to] = [moves.movedFrom[node], moves.movedTo[node]];
	if (from !== NO_ENTRY || to !== NO_ENTRY) {
		const nodes: Both<number> = from === NO_ENTRY ? [node, to] : [from, node];
		return {
			kind: 'moved',
			versions: [versionOf(difference, 0, nodes[0]), versionOf(difference, 1, nodes[1])],
		};
	}
	const kind = kinds[kindAt(comparison, node)];
	if (kind === undefined) throw new TypeError(`Node ${node} does not differ.`);
	const older = kind === 'added' ? null : versionOf(difference, 0, node);
	const newer = kind === 'removed' ? null : versionOf(difference, 1, node);
	const isOtherType = kind === 'content' && contents[node] === OTHER_TYPE;
	return { kind: isOtherType ? 'type' : kind, versions: [older, newer] };
}

const kinds: Readonly<Record<number, 'added' | 'removed' | 'content' | 'metadata'>> = {
	[ADDED]: 'added',
	[REMOVED]: 'removed',
	[CONTENT]: 'content',
	[METADATA]: 'metadata',
};

function versionOf({ tree, oldLayerCount }: ImageDifference, side: 0 | 1, node: number): FileVersion {
	const change = changeBefore(tree, node, side === 0 ? oldLayerCount : tree.layerCount);
	const kind = kindOfEntry(tree, change);
	const isFile = kind === FILE || kind === HARD_LINK;
	const content = isFile ? contentEntryOf(tree, change) : null;
	return {
		node,
		kind: isFile ? FILE : kind,
		mode: attributeOf(tree, change, 'modes'),
		owner: `${attributeOf(tree, change, 'uids')}:${attributeOf(tree, change, 'gids')}`,
		attributes: attributesNumber(tree, change),
		layerIndex: layerOfImage(tree.changeLayers[change], oldLayerCount),
		content: content && { ...content, layerIndex: layerOfImage(content.layerIndex, oldLayerCount) },
		bytes: content === null ? 0 : tree.changesets[content.layerIndex].sizes[content.entry],
		target: isFile ? new Uint8Array(0) : targetOf(tree, change),
	};
}

/** The merged tree has the layers of the old image, one that removes, and those of the new image. */
function layerOfImage(layer: number, oldLayerCount: number): number {
	return layer < oldLayerCount ? layer : layer - oldLayerCount - 1;
}

function targetOf(tree: FileTree, change: number): Uint8Array {
	if (tree.changeEntries[change] < 0) return new Uint8Array(0);
	const { layerIndex, entry } = describingEntryOf(tree, change);
	return stringAt(tree.changesets[layerIndex].targets, entry);
}
