import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import type { ImageDifference } from '../image-difference.ts';
import { isOwnMove } from '../merge/moves.ts';
import {
	changedFields,
	type DifferenceKind,
	differenceKinds,
	type MetadataField,
} from './file-differences.ts';

/** What differs at one path of two images. */
export interface DifferingPath {
	/** Node of the merged tree. */
	readonly node: number;
	readonly kind: DifferenceKind;
	/** The node that it moved from; null for what did not move. */
	readonly from: number | null;
	readonly isDirectory: boolean;
	/** The change of the merged tree that describes the path in each image; null where it is not there. */
	readonly oldChange: number | null;
	readonly newChange: number | null;
	/**
	 * Regular-file bytes that the path carries, 0 for a hard link and for anything that is no file; of a folder that moved by itself, those of
	 * all files in it. null where it is not there.
	 */
	readonly oldBytes: number | null;
	readonly newBytes: number | null;
	/** What differs in the metadata, where the path is in both images, also beside another content. */
	readonly fields: readonly MetadataField[];
}

/** The path in each image, and its bytes there; what `DifferingPath` says of them. */
type PathStates = Pick<DifferingPath, 'node' | 'kind' | 'from' | 'isDirectory'> & PathBytes & PathChanges;
type PathChanges = Pick<DifferingPath, 'oldChange' | 'newChange'>;
export type PathBytes = Pick<DifferingPath, 'oldBytes' | 'newBytes'>;

/** Reads a row of the differences of two images. */
export function differingPathAt(difference: ImageDifference, row: number): DifferingPath {
	const states = statesAt(difference, row);
	const { node, from, oldChange, newChange } = states;
	const isInBoth = oldChange !== null && newChange !== null;
	const nodes = { older: from ?? node, newer: node, isStrict: difference.strict !== null };
	return {
		...states,
		fields: isInBoth ? changedFields(difference.tree, nodes, difference.oldLayerCount) : [],
	};
}

/** Only the bytes of a row, for a look at all of them. */
export function differingBytesAt(difference: ImageDifference, row: number): PathBytes {
	return statesAt(difference, row);
}

/** How many bytes more the new image has at the path. */
export function deltaOf({ oldBytes, newBytes }: PathBytes): number {
	return (newBytes ?? 0) - (oldBytes ?? 0);
}

function statesAt(difference: ImageDifference, row: number): PathStates {
	const { tree, oldLayerCount, files, moves } = difference;
	const node = files.nodes[row];
	const kind = differenceKinds[files.kinds[row]];
	const isDirectory = files.isDirectory[row] === 1;
	const from = kind === 'moved' ? moves.movedFrom[node] : null;
	const oldNode = from ?? node;
	const oldChange = kind === 'added' ? null : changeBefore(tree, oldNode, oldLayerCount);
	const newChange = kind === 'removed' ? null : changeBefore(tree, node, tree.layerCount);
	const isWhole = isDirectory && kind === 'moved' && isOwnMove(moves, tree, node);
	const older = { change: oldChange, node: oldNode, point: oldLayerCount, isWhole };
	const newer = { change: newChange, node, point: tree.layerCount, isWhole };
	const [oldBytes, newBytes] = [bytesOf(tree, older), bytesOf(tree, newer)];
	return { node, kind, from, isDirectory, oldChange, newChange, oldBytes, newBytes };
}

interface State {
	readonly change: number | null;
	readonly node: number;
	readonly point: number;
	/** Whether all below the node counts as well. */
	readonly isWhole: boolean;
}

function bytesOf(tree: FileTree, { change, node, point, isWhole }: State): number | null {
	if (change === null) return null;
	return isWhole ? bytesBelow(tree, node, point) : tree.changeBytes[change];
}

/** Folders that moved by themselves are not within each other, so all of them together take one pass. */
function bytesBelow(tree: FileTree, top: number, point: number): number {
	let bytes = 0;
	for (let node = top; node < tree.subtreeEnds[top]; node++) {
		const change = changeBefore(tree, node, point);
		if (change >= 0 && tree.changeEntries[change] !== NO_ENTRY) bytes += tree.changeBytes[change];
	}
	return bytes;
}
