import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { Comparison } from '../../filetree/comparison.ts';
import type { OpenedImage } from './opened-image.ts';

/** What the explorer shows of each of two images. */
export type ComparedSide = Pick<
	OpenedImage,
	'reference' | 'foundIn' | 'description' | 'figures' | 'warnings' | 'notices'
> & {
	/** How long the tar of each layer is, bytes. */
	readonly unpackedBytes: readonly number[];
};

/** Everything that the explorer shows of what differs between an old and a new image. */
export interface OpenedDifference extends Omit<ImageDifference, 'comparison'> {
	readonly kind: 'difference';
	readonly images: Both<ComparedSide>;
	/** With moves applied: what moved is at its new path alone. The comparison is of this tree. */
	readonly tree: ImageDifference['tree'];
	readonly comparison: Comparison;
}
