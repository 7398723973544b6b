import { NO_ENTRY } from '../../../../filetree/file-tree.ts';
import { findNode } from '../../../../filetree/find-node.ts';
import type { OpenedDifference } from '../../opened-difference.ts';
import type { FilePlace } from '../view.ts';

/** Where a path of either image is in the files of both, by its new path where it moved; null for one that is not there. */
export function placeOfPath({ tree, moves }: OpenedDifference, path: string | null): FilePlace | null {
	const node = path === null ? null : findNode(tree, path);
	if (node === null || node === 0) return null;
	const movedTo = moves.movedTo[node];
	return { node: movedTo === NO_ENTRY ? node : movedTo, layer: tree.layerCount - 1 };
}
