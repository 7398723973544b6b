import { formatPlatform } from '../platform.ts';
import type { Candidate } from '../select.ts';
import type { ImagePick } from './image-at-hand.ts';

/** One of the images of a place, such as an archive or an index, of which one is opened. Names are hostile text. */
export interface SourceImage extends Candidate {
	/** Of its layers as stored; null where that is not known without reading more. */
	readonly storedBytes: number | null;
	/** RFC 3339 as written; null where it is not known. */
	readonly created: string | null;
	/** Whether it is the one that was opened. */
	readonly isOpened: boolean;
}

/** As `--platform` takes it. */
const soundPlatform = /^[^/]+\/[^/]+(?:\/[^/]+)?$/;

/** Whether images are one for several platforms, so that a platform tells each apart. */
export function arePlatforms(images: readonly SourceImage[]): boolean {
	const platforms = images.map(({ platform }) => platform && formatPlatform(platform));
	const areSound = platforms.every((platform) => platform !== null && soundPlatform.test(platform));
	return areSound && new Set(platforms).size === images.length && images.length > 1;
}

/** How one of the images of a place is opened: by its platform or its first name where that tells it apart, else by its digest. */
export function pickOf(image: SourceImage, images: readonly SourceImage[]): ImagePick {
	const platform = image.platform && formatPlatform(image.platform);
	if (arePlatforms(images)) return { imageName: null, platform };
	const [name] = image.names;
	const isAlone = images.filter(({ names }) => names.includes(name ?? '')).length === 1;
	if (name !== undefined && isAlone) return { imageName: name, platform: null };
	return { imageName: image.manifestDigest ?? image.configDigest ?? name ?? null, platform: null };
}
