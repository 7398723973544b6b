import type { Both } from '../../../diff/merge/merge-structure.ts';
import { FathomError } from '../../../errors.ts';
import type { ComparedImage } from '../../../session/pair/compared-image.ts';
import type { OpenedDifference } from '../../../tui/model/opened-difference.ts';
import type { ExploredContents } from './explorer-files.ts';

/** The contents of two images by the layers of their merged tree: those of the old image, one that removes, those of the new image. */
export function contentsOfBoth(
	images: Both<ComparedImage>,
	{ tree, oldLayerCount }: Pick<OpenedDifference, 'tree' | 'oldLayerCount'>,
): ExploredContents {
	return {
		tree,
		files: {
			refusal: null,
			openEntry: async function* ({ layerIndex, entry }, signal, holes) {
				const isOld = layerIndex < oldLayerCount;
				const { files, image } = images[isOld ? 0 : 1];
				if (files === undefined)
					throw new FathomError({
						code: 'unsupported',
						message: `${image.reference} is a report, which has no contents of files.`,
						hint: 'Name the image itself.',
					});
				const own = { layerIndex: isOld ? layerIndex : layerIndex - oldLayerCount - 1, entry };
				yield* files.openEntry(own, signal, holes);
			},
		},
	};
}
