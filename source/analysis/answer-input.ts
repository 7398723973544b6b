import type { PathTree } from '../filetree/file-tree.ts';

/** What answers are worked out of. */
export interface AnswerInput {
	/** Where the entries of each layer belong, but not what they change: that is known only once contents are compared. */
	readonly tree: PathTree;
	/** The node of each entry, layer by layer. */
	readonly entryNodes: readonly Int32Array[];
}
