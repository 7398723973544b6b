import { Readable } from 'node:stream';
import { analyse } from '../analysis/analyse.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { discard } from '../columns/grow.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { type StackedImage, stackChangesets } from '../filetree/stack.ts';
import type { OpenOptions, ReadImage } from '../sources/image-source.ts';
import { LayerWorkers } from '../sources/layer-workers.ts';
import { readImage } from '../sources/read-image.ts';
import { bytesToRead, settleContent } from '../sources/settle-content.ts';

/** An image with everything worked out: what every command starts from. */
export interface LoadedImage {
	readonly image: ReadImage;
	readonly tree: FileTree;
	readonly analysis: Analysis;
}

export interface LoadOptions extends OpenOptions {
	/** How many of the lowest layers are the base (`--base`). */
	readonly baseLayerCount?: number;
	/**
	 * Gets the image while contents are still being compared, if that takes a while: all is final but the kind of those changes that leave a file's size as
	 * it was, and so the causes of waste.
	 */
	readonly onDraft?: (draft: LoadedImage) => void;
	/** Where the archive comes from when the reference is `-`; nothing by default. */
	readonly stdin?: Readable;
}

/** Less than this is compared in less time than it takes to show a draft. */
const WORTH_A_DRAFT_BYTES = 64 * 1024 * 1024;

/** Reads an image, stacks its layers and works out every figure. Throws `FathomError`. */
export async function loadImage(
	reference: string,
	{ stdin = Readable.from([]), baseLayerCount, onDraft, ...options }: LoadOptions,
): Promise<LoadedImage> {
	const workers = new LayerWorkers();
	try {
		const { changesets, ...read } = await readImage({ reference, stdin, workers }, options);
		const finish = (stacked: StackedImage): LoadedImage => finishImage(read, stacked, baseLayerCount);
		const stacked = await stackChangesets(changesets, async ({ groups, changesets: bare, draft }) => {
			// Once stacked, names are in the tree; the paths are the largest columns of all.
			for (const { paths } of changesets) {
				discard(paths.bytes);
				discard(paths.ends);
			}
			if (onDraft && bytesToRead(groups, bare) > WORTH_A_DRAFT_BYTES) onDraft(finish(draft()));
			return settleContent(groups, { changesets: bare, content: read.content, workers, options });
		});
		return finish(stacked);
	} finally {
		await workers.close();
	}
}

function finishImage(
	read: Omit<ReadImage, 'changesets'>,
	{ tree, entryNodes, warnings }: StackedImage,
	baseLayerCount: number | undefined,
): LoadedImage {
	const { description, others } = read;
	const analysis = analyse({ tree, entryNodes, description, others, baseLayerCount });
	const image = { ...read, changesets: tree.changesets, warnings: [...read.warnings, ...warnings] };
	return { image, tree, analysis };
}
