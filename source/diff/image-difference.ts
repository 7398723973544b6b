import type { ComparedPoints } from '../filetree/comparison.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { AlignedLayer } from './align-layers.ts';
import type { ConfigChange } from './compare-config.ts';
import type { FileDifferences } from './listing/file-differences.ts';
import type { Both } from './merge/merge-structure.ts';
import type { Moves } from './merge/moves.ts';
import type { Pull } from './pull.ts';
import type { StrictDifference } from './strict-difference.ts';
import type { UnknownFact } from './unknown-facts.ts';

/** What differs between an old and a new image. */
export interface ImageDifference {
	/** Both final file systems as one tree (`merge-trees.ts`). */
	readonly tree: FileTree;
	/** How many layers of the merged tree are those of the old image. */
	readonly oldLayerCount: number;
	/** From the old image to the new one, on the merged tree. */
	readonly comparison: ComparedPoints;
	/** A code of `content-pairs.ts` for each node. */
	readonly contents: Uint8Array;
	readonly moves: Moves;
	readonly files: FileDifferences;
	/** Lowest first. */
	readonly layers: readonly AlignedLayer[];
	readonly pull: Pull;
	readonly config: readonly ConfigChange[];
	/** Null unless modification times, the order of entries and tar headers were to be compared too. */
	readonly strict: StrictDifference | null;
	/** What of each image is not known and so was not compared. */
	readonly unknown: Both<ReadonlySet<UnknownFact>>;
}
