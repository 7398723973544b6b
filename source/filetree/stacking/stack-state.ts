import type { CandidateFinder } from './contents-to-compare.ts';
import type { ImageEntries } from './image-entries.ts';
import type { NodeTable } from './node-table.ts';
import type { RawChanges, RawDeaths } from './raw-changes.ts';

/** `carriers` of a hard link that waits for the end of its layer: this number and those below it, one for each pending inode. */
export const FIRST_PENDING = -3;

/** What every path is while layers are stacked: what the steps of stacking share. */
export interface StackState {
	readonly nodes: NodeTable;
	readonly entries: ImageEntries;
	readonly changes: RawChanges;
	readonly deaths: RawDeaths;
	readonly candidates: CandidateFinder;
	/** The node of each entry, image-wide; of a marker, the node that it is about. */
	readonly entryNodes: Int32Array;
	/** What each node is now: an entry, NO_ENTRY or IMPLIED_DIRECTORY. */
	readonly current: Int32Array;
	/** The entry that carries the content of what each node is now; NO_ENTRY, IMPLIED_DIRECTORY, or a pending inode. */
	readonly carriers: Int32Array;
	isVisible(node: number): boolean;
	/** Text for messages. */
	pathOf(node: number): string;
}
