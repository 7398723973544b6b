import type { Platform } from '../../image/platform.ts';
import type { BlobStore } from './blob-store.ts';
import type { ListedImage } from './listed-image.ts';
import { ListedImageReader } from './listed-image-reader.ts';

export interface ListedImages {
	readonly images: readonly ListedImage[];
	/** Platforms that an index lists and the store does not hold. */
	readonly absentPlatforms: readonly Platform[];
	/** Which file listed them; null when the store has neither. */
	readonly listedBy: 'manifest.json' | 'index.json' | null;
	/** Whether a bound was reached, so that there may be images that are not listed here. */
	readonly isCut: boolean;
}

/**
 * Lists the images of a store: those of `manifest.json` (docker save), then those of `index.json` (OCI image layout) that are not
 * the same. Throws `corrupt` for a document that cannot be read, and `interrupted`.
 */
export async function findImages(store: BlobStore, signal: AbortSignal | undefined): Promise<ListedImages> {
	const reader = new ListedImageReader(store, signal);
	const manifest = await store.document('manifest.json');
	const docker = manifest === null ? [] : await reader.dockerImages(manifest);
	const index = await store.document('index.json');
	const indexed = index === null ? [] : await reader.indexImages(index);
	const { isCut, absentPlatforms } = reader;
	const all = mergeImages(docker, indexed);
	const whole = all.filter(({ missing }) => missing === null);
	const listedBy =
		docker.length > 0 || (manifest !== null && index === null)
			? 'manifest.json'
			: index !== null
				? 'index.json'
				: null;
	if (whole.length === 0) return { images: all, absentPlatforms, listedBy, isCut };
	const partial = all.filter(({ missing }) => missing !== null);
	const absent = [...absentPlatforms, ...partial.flatMap(({ platform }) => platform ?? [])];
	return { images: whole, absentPlatforms: absent, listedBy, isCut };
}

/** An image that both files list takes its names from `manifest.json`. */
function mergeImages(
	docker: readonly ListedImage[],
	indexed: readonly ListedImage[],
): readonly ListedImage[] {
	const named = docker.map((image) =>
		withManifest(
			image,
			indexed.find((other) => isSame(image, other)),
		),
	);
	return [...named, ...indexed.filter((image) => !docker.some((known) => isSame(known, image)))];
}

function isSame(left: ListedImage, right: ListedImage): boolean {
	return (
		left.configDigest !== null &&
		left.configDigest === right.configDigest &&
		left.layers.length === right.layers.length
	);
}

/** The index knows the digest and the annotations of the manifest, and what the descriptors of the layers state. */
function withManifest(image: ListedImage, listed: ListedImage | undefined): ListedImage {
	if (listed === undefined) return image;
	const layers = image.layers.map(({ name }, index) => ({ ...listed.layers[index], name }));
	return { ...image, manifestDigest: listed.manifestDigest, annotations: listed.annotations, layers };
}
