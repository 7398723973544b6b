import type { Both } from '../../diff/merge/merge-structure.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { ComparedImage } from './compared-image.ts';

/** What is compared: with the values that look secret where both images have them, so that another secret is a change, else without. */
export function recordedDescriptions([older, newer]: Both<
	Pick<ComparedImage, 'image' | 'recorded'>
>): Both<ImageDescription> {
	return older.recorded === undefined || newer.recorded === undefined
		? [older.image.description, newer.image.description]
		: [older.recorded, newer.recorded];
}
