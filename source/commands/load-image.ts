import type { Analysis } from '../analysis/analysis.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { OpenOptions, ReadImage } from '../sources/image-source.ts';

/** An image with everything worked out: what every command starts from. */
export interface LoadedImage {
	readonly image: ReadImage;
	readonly tree: FileTree;
	readonly analysis: Analysis;
}

export interface LoadOptions extends OpenOptions {
	/** How many of the lowest layers are the base (`--base`). */
	readonly baseLayerCount?: number;
}

export declare function loadImage(reference: string, options: LoadOptions): Promise<LoadedImage>;
