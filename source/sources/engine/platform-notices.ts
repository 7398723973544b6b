import type { ImageDescription } from '../../image/image.ts';
import { hostPlatform } from '../../image/platform.ts';
import { choiceNotice } from '../../image/select.ts';
import type { Notice } from '../../warning.ts';
import type { ImageChoice } from '../image-source.ts';

/** Says that an image of an engine is for another platform than this machine's, where the user asked for none. */
export function platformNotices(image: ImageDescription, { platform }: ImageChoice): readonly Notice[] {
	const notice = choiceNotice({ chosen: image, others: [], platform, host: hostPlatform(), howElse: '' });
	return notice === null ? [] : [notice];
}
