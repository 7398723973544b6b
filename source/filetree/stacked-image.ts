import type { Warning } from '../warning.ts';
import type { FileTree, PathTree } from './file-tree.ts';

/** The layers of an image as one tree. */
export interface StackedImage {
	readonly tree: FileTree;
	/**
	 * The node of entry i of layer k is `entryNodes[k][i]`; of a marker, the node that it is about. Only the score that dive gives needs
	 * it, so it is no part of the tree.
	 */
	readonly entryNodes: readonly Int32Array[];
	readonly warnings: readonly Warning[];
}

/** Every path of an image, and where the layers' entries belong. */
export interface TreeStructure {
	readonly tree: PathTree;
	/** As in `StackedImage`. */
	readonly entryNodes: StackedImage['entryNodes'];
}
