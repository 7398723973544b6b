import type { Artifact } from '../../image/artifact.ts';
import { isObject, parseJson } from '../../image/json.ts';
import type { Platform } from '../../image/platform.ts';
import type { BlobStore } from './blob-store.ts';
import { LEGACY_LIST, legacyImages } from './legacy-images.ts';
import { type Attestation, type ListedImage, missingLayers } from './listed-image.ts';
import { ListedImageReader } from './listed-image-reader.ts';

export interface ListedImages {
	readonly images: readonly ListedImage[];
	/** What is listed and is not an image. */
	readonly artifacts: readonly Artifact[];
	/** Platforms that an index lists and the store does not hold. */
	readonly absentPlatforms: readonly Platform[];
	/** Where attestations are, by the digest of the image's manifest. */
	readonly attestations: ReadonlyMap<string, Attestation>;
	/** Which file listed them; null when the store has none of these files. */
	readonly listedBy: ListFile | null;
	/** Whether a bound was reached, so that there may be images that are not listed here. */
	readonly isCut: boolean;
}

/** A file that lists the images of an archive or a folder, or is the manifest of the only one. */
export type ListFile = 'manifest.json' | 'index.json' | typeof LEGACY_LIST;

/**
 * Lists the images of a store: those of `manifest.json` (docker save), then those of `index.json` (OCI image layout) that are not
 * the same. A `manifest.json` that is a manifest or an index itself is that of a folder as skopeo writes it (`dir:`), whose blobs are named by
 * their digests alone. Without either file, `repositories` lists them (docker save before 1.10). Throws `corrupt` for a document that cannot be
 * read, and `interrupted`.
 */
export async function findImages(store: BlobStore, signal: AbortSignal | undefined): Promise<ListedImages> {
	const reader = new ListedImageReader(store, signal);
	const manifest = await store.document('manifest.json');
	const index = await store.document('index.json');
	if (manifest === null && index === null) return findLegacyImages(store, signal);
	const isPlainFolder = manifest !== null && index === null && isOciDocument(manifest);
	const docker = manifest === null || isPlainFolder ? [] : await reader.dockerImages(manifest);
	const indexed = isPlainFolder
		? await reader.indexImages({ bytes: manifest, name: 'manifest.json', nameOf: plainNameIn(store) })
		: index !== null
			? await reader.indexImages({ bytes: index, name: 'index.json' })
			: [];
	const { isCut, absentPlatforms, artifacts, attestations } = reader;
	const all = mergeImages(docker, indexed, store);
	const whole = all.filter(({ missing }) => missing.length === 0);
	const listedBy = docker.length > 0 || index === null ? 'manifest.json' : 'index.json';
	if (whole.length === 0) return { images: all, artifacts, absentPlatforms, attestations, listedBy, isCut };
	const partial = all.filter(({ missing }) => missing.length > 0);
	const absent = [...absentPlatforms, ...partial.flatMap(({ platform }) => platform ?? [])];
	return { images: whole, artifacts, absentPlatforms: absent, attestations, listedBy, isCut };
}

async function findLegacyImages(store: BlobStore, signal: AbortSignal | undefined): Promise<ListedImages> {
	// Docker 1.10 and later names configs by their digests: such an archive has lost its manifest.json, and with it what belongs to an image.
	const isNewer = store.hasRootFile(/^[0-9a-f]{64}\.json$/);
	const list = isNewer ? null : await store.document(LEGACY_LIST);
	const images = list === null ? [] : await legacyImages(list, store, signal);
	// Other things are called so as well.
	const listedBy = images.length === 0 ? null : LEGACY_LIST;
	return { images, artifacts: [], absentPlatforms: [], attestations: new Map(), listedBy, isCut: false };
}

function isOciDocument(bytes: Uint8Array): boolean {
	try {
		const document = parseJson(bytes, '');
		return isObject(document) && (isObject(document.config) || Array.isArray(document.manifests));
	} catch {
		return false;
	}
}

/** `HEX`, or `HEX.manifest.json` for a manifest below an index (containers-transports, "dir:path"). */
function plainNameIn(store: BlobStore): (digest: string) => string {
	return (digest) => {
		const hex = digest.slice(digest.indexOf(':') + 1);
		return store.sizeOf(hex) === null ? `${hex}.manifest.json` : hex;
	};
}

/** An image that both files list takes its names from `manifest.json`. */
function mergeImages(
	docker: readonly ListedImage[],
	indexed: readonly ListedImage[],
	store: BlobStore,
): readonly ListedImage[] {
	const named = docker.map((image) =>
		withManifest(
			image,
			indexed.find((other) => isSame(image, other)),
			store,
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
function withManifest(image: ListedImage, listed: ListedImage | undefined, store: BlobStore): ListedImage {
	if (listed === undefined) return image;
	const layers = image.layers.map(({ name }, index) => ({ ...listed.layers[index], name }));
	const { manifestDigest, annotations } = listed;
	const isLayer = (missing: string): boolean => layers.some(({ name }) => name === missing);
	const missing = [...image.missing.filter((name) => !isLayer(name)), ...missingLayers(layers, store)];
	return { ...image, manifestDigest, annotations, layers, missing };
}
