import type { Readable } from 'node:stream';
import { analyse } from '../analysis/analyse.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { stackChangesets } from '../filetree/stack.ts';
import { Breather } from '../sources/breathe.ts';
import type { OpenOptions, ReadImage } from '../sources/image-source.ts';
import { readImage } from '../sources/read-image.ts';
import { settleContent } from '../sources/settle-content.ts';

/** An image with everything worked out: what every command starts from. */
export interface LoadedImage {
	readonly image: ReadImage;
	readonly tree: FileTree;
	readonly analysis: Analysis;
}

export interface LoadOptions extends OpenOptions {
	/** How many of the lowest layers are the base (`--base`). */
	readonly baseLayerCount?: number;
	/** Where the archive comes from when the reference is `-`; by default the process's standard input. */
	readonly stdin?: Readable;
}

/** Reads an image, stacks its layers and works out every figure. Throws `FathomError`. */
export async function loadImage(reference: string, options: LoadOptions): Promise<LoadedImage> {
	const read = await readImage({ reference, stdin: options.stdin ?? process.stdin }, options);
	const { changesets, content, description, others } = read;
	const breather = new Breather(options.signal);
	const { tree, entryNodes, warnings } = await stackChangesets(changesets, (groups) =>
		settleContent(groups, { changesets, content, breather }),
	);
	const analysis = analyse({
		tree,
		changesets,
		entryNodes,
		description,
		others,
		baseLayerCount: options.baseLayerCount,
	});
	const image = { ...read, changesets: tree.changesets, warnings: [...read.warnings, ...warnings] };
	return { image, tree, analysis };
}
