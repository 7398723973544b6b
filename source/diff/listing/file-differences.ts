import { attributeOf, attributesNumber, haveOtherTimes } from '../../filetree/change-attributes.ts';
import type { ComparedPoints } from '../../filetree/comparison.ts';
import { changeBefore, kindAt } from '../../filetree/comparison.ts';
import { ADDED, CONTENT, type FileTree, METADATA, NO_ENTRY, REMOVED } from '../../filetree/file-tree.ts';
import { kindOfEntry } from '../../filetree/links.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import { OTHER_TYPE, UNKNOWN_CONTENT } from '../merge/content-pairs.ts';
import { isOwnMove, type Moves } from '../merge/moves.ts';

/** What differs at a path of two images. The code in a column is the position in this list. */
export const differenceKinds = ['added', 'removed', 'content', 'metadata', 'type', 'moved'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What a row can be counted as: what moved is counted as added and removed. */
export type CountedKind = Exclude<DifferenceKind, 'moved'>;

export interface DifferenceCounts {
	/** Everything but directories. */
	readonly files: number;
	readonly directories: number;
}

/** The paths that differ, in path order. A folder that moved is one path, and so is a file: what it was is not listed again as removed. */
export interface FileDifferences {
	readonly count: number;
	/** Nodes of the merged tree. */
	readonly nodes: Int32Array;
	/** Positions in `differenceKinds`. */
	readonly kinds: Uint8Array;
	/** 1 for directories. */
	readonly isDirectory: Uint8Array;
	/** Each path that differs by its kind; what moved is added and removed here. */
	readonly counts: Readonly<Record<CountedKind, DifferenceCounts>>;
	/** How many files have one size in both images, and are not known to be equal or to differ. */
	readonly unknownContents: number;
}

export interface ComparedTree {
	readonly comparison: ComparedPoints;
	/** A code of `content-pairs.ts` a node. */
	readonly contents: Uint8Array;
	readonly moves: Moves;
}

const NODES_A_STEP = 4096;

/**
 * Lists what differs between the final file systems of two images, from their merged tree. Nodes that are not selected are neither listed
 * nor counted, and what moved from or to one of them is added or removed.
 */
export function* findDifferences(
	{ comparison, contents, moves }: ComparedTree,
	isSelected: (node: number) => boolean = () => true,
): Steps<FileDifferences> {
	const { tree, from: oldLayerCount } = comparison;
	const nodes: number[] = [];
	const kinds: number[] = [];
	const directories: number[] = [];
	let unknownContents = 0;
	const counts = noCounts();
	yield* inParts(tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) {
			const isUnknown = contents[node] === UNKNOWN_CONTENT;
			const counted = differenceOf(kindAt(comparison, node), contents[node]);
			const isMoved = moves.movedFrom[node] !== NO_ENTRY;
			if ((!isUnknown && counted === null && !isMoved) || !isSelected(node)) continue;
			const isFolder = isDirectoryAt(comparison, node);
			if (isUnknown) unknownContents += 1;
			if (counted !== null) counts[counted][isFolder ? 'directories' : 'files'] += 1;
			const kind = listedKind(counted, node, { moves, tree, oldLayerCount, isSelected });
			if (kind === null) continue;
			nodes.push(node);
			kinds.push(differenceKinds.indexOf(kind));
			directories.push(Number(isFolder));
		}
	});
	return {
		count: nodes.length,
		nodes: Int32Array.from(nodes),
		kinds: Uint8Array.from(kinds),
		isDirectory: Uint8Array.from(directories),
		counts,
		unknownContents,
	};
}

function noCounts(): Record<CountedKind, { files: number; directories: number }> {
	const none = () => ({ files: 0, directories: 0 });
	return { added: none(), removed: none(), content: none(), metadata: none(), type: none() };
}

interface Listing {
	readonly moves: Moves;
	readonly tree: FileTree;
	readonly oldLayerCount: number;
	readonly isSelected: (node: number) => boolean;
}

/**
 * null for a path that is listed as what it moved to, or that moved along with its folder as it was. A folder that moved is listed even if no
 * layer has an entry for it, so that it is not counted.
 */
function listedKind(kind: CountedKind | null, node: number, listing: Listing): DifferenceKind | null {
	const { moves, tree, oldLayerCount, isSelected } = listing;
	const to = moves.movedTo[node];
	if (to !== NO_ENTRY) return isSelected(to) ? null : kind;
	const from = moves.movedFrom[node];
	if (from === NO_ENTRY || !isSelected(from)) return kind;
	if (isOwnMove(moves, tree, node)) return 'moved';
	return changedFields(tree, { older: from, newer: node }, oldLayerCount).length > 0 ? 'moved' : null;
}

function differenceOf(changeKind: number, content: number): CountedKind | null {
	switch (changeKind) {
		case ADDED:
			return 'added';
		case REMOVED:
			return 'removed';
		case CONTENT:
			return content === OTHER_TYPE ? 'type' : 'content';
		case METADATA:
			return 'metadata';
		default:
			return null;
	}
}

/** Of a path that is in both images, what it is in the new one. */
function isDirectoryAt({ tree, from, to }: ComparedPoints, node: number): boolean {
	const after = changeBefore(tree, node, to);
	const isRemoved = tree.changeEntries[after] === NO_ENTRY;
	return kindOfEntry(tree, isRemoved ? changeBefore(tree, node, from) : after) === DIRECTORY;
}

/** The fields of a file's metadata that two images can have different values of; `mtime` counts in a strict comparison only. */
export const metadataFields = ['mode', 'uid', 'gid', 'xattrs', 'mtime'] as const;
export type MetadataField = (typeof metadataFields)[number];

const columns = { mode: 'modes', uid: 'uids', gid: 'gids' } as const;

/** Nodes of the merged tree: where the old image has a file and where the new one has it, which is the same one unless it moved. */
export interface ComparedNodes {
	readonly older: number;
	readonly newer: number;
	/** Whether modification times count; they do not by default. */
	readonly isStrict?: boolean;
}

/** The fields that differ between what the old image has at one node and the new image at another. */
export function changedFields(
	tree: FileTree,
	nodes: ComparedNodes,
	oldLayerCount: number,
): readonly MetadataField[] {
	const before = changeBefore(tree, nodes.older, oldLayerCount);
	const after = changeBefore(tree, nodes.newer, tree.layerCount);
	return metadataFields.filter((field) => {
		if (field === 'mtime') return nodes.isStrict === true && haveOtherTimes([tree, tree], [before, after]);
		if (field === 'xattrs') return attributesNumber(tree, before) !== attributesNumber(tree, after);
		return attributeOf(tree, before, columns[field]) !== attributeOf(tree, after, columns[field]);
	});
}
