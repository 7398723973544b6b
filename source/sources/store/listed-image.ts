import { FathomError } from '../../errors.ts';
import type { ImageConfig } from '../../image/config.ts';
import { isForeignLayer } from '../../image/layer-type.ts';
import type { Candidate } from '../../image/select.ts';
import { shorten } from '../../text/shorten.ts';
import type { BlobStore } from './blob-store.ts';

/** An image that an archive or a layout lists. */
export interface ListedImage extends Candidate {
	readonly annotations: Readonly<Record<string, string>>;
	readonly config: ImageConfig;
	/** Lowest first. */
	readonly layers: readonly ListedLayer[];
	/** The files of the image that are absent and should be there, the config first; none when the image is complete. */
	readonly missing: readonly string[];
}

export interface ListedLayer {
	/** The name of the blob in the store. */
	readonly name: string;
	readonly digest: string | null;
	readonly mediaType: string | null;
	/** The size of the blob as its descriptor states it, bytes. */
	readonly statedBytes: number | null;
	/** Other locations of the blob, as its descriptor names them. Hostile text: never fetched. */
	readonly urls: readonly string[];
}

/** Whether a layer is kept elsewhere by design and is not in the store. */
export function isAbsentLayer(layer: ListedLayer, store: Pick<BlobStore, 'sizeOf'>): boolean {
	return isForeignLayer(layer) && store.sizeOf(layer.name) === null;
}

/** The layers that should be in the store and are not. */
export function missingLayers(
	layers: readonly ListedLayer[],
	store: Pick<BlobStore, 'sizeOf'>,
): readonly string[] {
	return layers
		.filter((layer) => store.sizeOf(layer.name) === null && !isForeignLayer(layer))
		.map(({ name }) => name);
}

/** Throws `missing` for an image that lacks files. In a layout they may have been left out on purpose. */
export function requireWhole({ missing, layers, manifestDigest }: ListedImage, label: string): void {
	const [first] = missing;
	if (first === undefined) return;
	const layer = layers.findIndex(({ name }) => name === first);
	const what = layer === -1 ? 'the image config' : `layer ${layer + 1}`;
	const rest = missing.length - 1;
	const more = rest === 0 ? '' : `, and so ${rest === 1 ? 'is 1 other file' : `are ${rest} other files`}`;
	throw new FathomError({
		code: 'missing',
		message: `${label}: ${what} is listed but missing (${shorten(first)})${more}.`,
		hint: manifestDigest === null ? 'The archive is incomplete: save the image again.' : sparseHint,
	});
}

/** For a layout some blobs of which are not in it, as tools leave them out that copy or pull only a part. */
export const sparseHint =
	'The layout is incomplete, or sparse: blobs were left out on purpose. Copy all of the image, for example with skopeo copy --all.';
