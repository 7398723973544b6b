import type { DifferencePart } from '../../diff/differing-parts.ts';
import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { Comparison } from '../../filetree/comparison.ts';
import type { OpenedImage } from './opened-image.ts';
import type { KnownPairDetails } from './pair-details.ts';

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
	/** Globs of the paths that are left out of it. */
	readonly ignore: readonly string[];
	readonly start: StartPlace;
	readonly details: KnownPairDetails;
}

/** What the user asked to see first. */
export interface StartPlace {
	readonly part: DifferencePart;
	/** The node of a folder of the merged tree; null for the top. */
	readonly folder: number | null;
}
