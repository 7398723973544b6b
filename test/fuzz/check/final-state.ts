import { type FileTree, IMPLIED_DIRECTORY, NO_ENTRY } from '../../../source/filetree/file-tree.ts';
import { kindOfEntry } from '../../../source/filetree/links.ts';
import { entryKinds } from '../../../source/tar/changeset.ts';
import { decodeName } from '../../../source/text/decode-name.ts';
import { rawPath } from '../../support/tree-view.ts';

/** What a path is in the final file system. */
export interface FinalNode {
	readonly type: string;
	/** `type mode uid gid bytes`. */
	readonly description: string;
	readonly isImplied: boolean;
}

/** Everything that is there after the last layer, by path as a report writes it. */
export function finalState(tree: FileTree): ReadonlyMap<string, FinalNode> {
	const state = new Map<string, FinalNode>();
	for (let node = 1; node < tree.nodeCount; node++) {
		const change = tree.changeStarts[node + 1] - 1;
		if (change < tree.changeStarts[node] || tree.changeEntries[change] === NO_ENTRY) continue;
		state.set(decodeName(Buffer.from(rawPath(tree, node), 'latin1')), describe(tree, change));
	}
	return state;
}

function describe(tree: FileTree, change: number): FinalNode {
	const entry = tree.changeEntries[change];
	if (entry === IMPLIED_DIRECTORY)
		return { type: 'directory', description: 'directory 0755 0 0 0', isImplied: true };
	const { modes, uids, gids } = tree.changesets[tree.changeLayers[change]];
	// A second name of a symlink or a device is one itself.
	const type = entryKinds[kindOfEntry(tree, change)];
	const mode = modes[entry].toString(8).padStart(4, '0');
	const description = [type, mode, uids[entry], gids[entry], tree.changeBytes[change]].join(' ');
	return { type, description, isImplied: false };
}
