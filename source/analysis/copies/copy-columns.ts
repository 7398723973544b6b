import type { FileTree } from '../../filetree/file-tree.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import type { Copies, CopyGroup } from './copies.ts';
import { kindOfNode } from './copy-candidates.ts';

/** What the final file system has more than once, as columns: the groups by rank, one item each unless said otherwise. */
export interface CopyColumns extends Omit<Copies, 'groups'> {
	/** The nodes of all groups, one group behind the other. */
	readonly nodes: Int32Array;
	/** Where the nodes of each group end. */
	readonly ends: Uint32Array;
	readonly files: Uint32Array;
	readonly copyBytes: Float64Array;
	readonly groupSavedBytes: Float64Array;
}

/** The copies that columns have, each put together when it is looked at. */
export function copiesOf(tree: FileTree, columns: CopyColumns): Copies {
	const { fromBytes, savedBytes, unreadLayers, unknownFiles, ...groups } = columns;
	const { nodes, ends, files, copyBytes, groupSavedBytes } = groups;
	const groupAt = (rank: number): CopyGroup => {
		const own = nodes.subarray(rank === 0 ? 0 : ends[rank - 1], ends[rank]);
		return {
			type: kindOfNode(tree, own[0]) === DIRECTORY ? 'folder' : 'file',
			nodes: own,
			files: files[rank],
			copyBytes: copyBytes[rank],
			savedBytes: groupSavedBytes[rank],
		};
	};
	const slice = (start: number, end: number): readonly CopyGroup[] =>
		Array.from({ length: Math.max(0, Math.min(end, ends.length) - start) }, (_, index) =>
			groupAt(start + index),
		);
	return {
		...{ fromBytes, savedBytes, unreadLayers, unknownFiles },
		groups: {
			length: ends.length,
			slice,
			*[Symbol.iterator]() {
				for (let rank = 0; rank < ends.length; rank++) yield groupAt(rank);
			},
		},
	};
}

/** Whether these are such columns of a tree. */
export function areCopyColumns(
	value: object,
	{ nodeCount }: Pick<FileTree, 'nodeCount'>,
): value is CopyColumns {
	const { nodes, ends, files, copyBytes, groupSavedBytes, unreadLayers } = value as Partial<CopyColumns>;
	if (!(nodes instanceof Int32Array && ends instanceof Uint32Array && files instanceof Uint32Array))
		return false;
	if (!(copyBytes instanceof Float64Array && groupSavedBytes instanceof Float64Array)) return false;
	const { length } = ends;
	const hasAll = [files, copyBytes, groupSavedBytes].every((column) => column.length === length);
	if (!hasAll || !Array.isArray(unreadLayers) || nodes.length !== (ends.at(-1) ?? 0)) return false;
	const isOfTree = nodes.every((node) => node >= 0 && node < nodeCount);
	return isOfTree && ends.every((end, rank) => end > (rank === 0 ? 0 : ends[rank - 1]));
}
