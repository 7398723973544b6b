import type { Analysis } from '../../analysis/analysis.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { Notice, Warning } from '../../warning.ts';

/** All that the explorer shows of an image. */
export interface OpenedImage {
	/** What the user asked for, as written. */
	readonly reference: string;
	readonly description: ImageDescription;
	readonly tree: FileTree;
	readonly analysis: Analysis;
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	/** Whether contents are still being compared: then it is not known yet which kind of change a changed file has. */
	readonly isComparing: boolean;
}
