import { Readable } from 'node:stream';
import { analyse } from '../analysis/analyse.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { discard } from '../columns/grow.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { stackChangesets } from '../filetree/stack.ts';
import type { OpenOptions, ReadImage } from '../sources/image-source.ts';
import { LayerWorkers } from '../sources/layer-workers.ts';
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
	/** Where the archive comes from when the reference is `-`; nothing by default. */
	readonly stdin?: Readable;
}

/** Reads an image, stacks its layers and works out every figure. Throws `FathomError`. */
export async function loadImage(
	reference: string,
	{ stdin = Readable.from([]), baseLayerCount, ...options }: LoadOptions,
): Promise<LoadedImage> {
	const workers = new LayerWorkers();
	try {
		const { changesets, ...read } = await readImage({ reference, stdin, workers }, options);
		const { tree, entryNodes, warnings } = await stackChangesets(changesets, (groups, bare) => {
			// Once stacked, names are in the tree; the paths are the largest columns of all.
			for (const { paths } of changesets) discard(paths.bytes);
			return settleContent(groups, { changesets: bare, content: read.content, workers, options });
		});
		const { description, others } = read;
		const analysis = analyse({ tree, entryNodes, description, others, baseLayerCount });
		const image = { ...read, changesets: tree.changesets, warnings: [...read.warnings, ...warnings] };
		return { image, tree, analysis };
	} finally {
		await workers.close();
	}
}
