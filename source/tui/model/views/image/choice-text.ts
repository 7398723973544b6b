import { arePlatforms } from '../../../../image/at-hand/source-image.ts';
import type { OpenedImage } from '../../opened-image.ts';

/** Which one of how many images of its place is shown: `2 of 3 platforms`; null where there is no other. */
export function choiceText({ choices = [] }: Pick<OpenedImage, 'choices'>): string | null {
	if (choices.length < 2) return null;
	const place = choices.findIndex(({ isOpened }) => isOpened) + 1;
	return `${place} of ${choices.length} ${arePlatforms(choices) ? 'platforms' : 'images'}`;
}
