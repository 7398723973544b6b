import { type FileTree, IMPLIED_DIRECTORY } from '../../../../../filetree/file-tree.ts';
import { DIRECTORY } from '../../../../../tar/changeset.ts';

/** Whether a node is a directory of the final file system. */
export function isDirectoryAt(
	{ changeStarts, changeEntries, changeLayers, changesets }: FileTree,
	node: number,
): boolean {
	const last = changeStarts[node + 1] - 1;
	if (last < changeStarts[node]) return true;
	const entry = changeEntries[last];
	if (entry < 0) return entry === IMPLIED_DIRECTORY;
	return changesets[changeLayers[last]].kinds[entry] === DIRECTORY;
}
