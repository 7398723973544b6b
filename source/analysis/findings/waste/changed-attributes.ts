import { attributeOf } from '../../../filetree/change-attributes.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';

/** What a layer changed of a path beside its content; null for what it left. */
export interface ChangedAttributes {
	readonly owner: { readonly uid: number; readonly gid: number } | null;
	/** Permission bits and set-id bits. */
	readonly mode: number | null;
}

const unchanged: ChangedAttributes = { owner: null, mode: null };

/** How a layer, 0-based, left the owner and the mode of a path that was there before. */
export function changedAttributes(tree: FileTree, node: number, layer: number): ChangedAttributes {
	const first = tree.changeStarts[node];
	let change = tree.changeStarts[node + 1] - 1;
	while (change > first && tree.changeLayers[change] > layer) change -= 1;
	if (change === first) return unchanged;
	const uid = attributeOf(tree, change, 'uids');
	const gid = attributeOf(tree, change, 'gids');
	const mode = attributeOf(tree, change, 'modes');
	const before = change - 1;
	const isOwned = uid === attributeOf(tree, before, 'uids') && gid === attributeOf(tree, before, 'gids');
	const hasMode = mode === attributeOf(tree, before, 'modes');
	if (isOwned && hasMode) return unchanged;
	return { owner: isOwned ? null : { uid, gid }, mode: hasMode ? null : mode };
}
