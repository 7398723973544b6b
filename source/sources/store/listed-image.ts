import { FathomError } from '../../errors.ts';
import type { SourceImage } from '../../image/at-hand/source-image.ts';
import type { ImageConfig } from '../../image/config.ts';
import { isForeignLayer } from '../../image/layer-type.ts';
import type { Candidate } from '../../image/select.ts';
import { shorten } from '../../text/shorten.ts';
import type { Warning } from '../../warning.ts';
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

/** Where attestations about an image are. */
export interface Attestation {
	/** Of their manifest. */
	readonly digest: string;
	/** The name of the file with a digest. */
	readonly nameOf: (digest: string) => string;
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
export function requireWhole(image: ListedImage, label: string): void {
	const [first] = image.missing;
	if (first === undefined) return;
	const rest = image.missing.length - 1;
	const more = rest === 0 ? '' : `, and so ${rest === 1 ? 'is 1 other file' : `are ${rest} other files`}`;
	throw missingFile(image, { name: first, label, more });
}

/** The same for the config alone: layers that are missing are left out. */
export function requireConfig(image: ListedImage, label: string): void {
	const name = image.missing.find((each) => !image.layers.some((layer) => layer.name === each));
	if (name !== undefined) throw missingFile(image, { name, label, more: '' });
}

/** For a layer, 0-based, that should be there and is not. */
export function missingLayer(image: ListedImage, index: number, label: string): FathomError {
	return missingFile(image, { name: image.layers[index].name, label, more: '' });
}

interface MissingFile {
	readonly name: string;
	readonly label: string;
	/** What else is missing, to follow the first file. */
	readonly more: string;
}

function missingFile(
	{ layers, manifestDigest }: Pick<ListedImage, 'layers' | 'manifestDigest'>,
	{ name, label, more }: MissingFile,
): FathomError {
	const layer = layers.findIndex((each) => each.name === name);
	const what = layer === -1 ? 'the image config' : `layer ${layer + 1}`;
	return new FathomError({
		code: 'missing',
		message: `${label}: ${what} is listed but missing (${shorten(name)})${more}.`,
		hint: manifestDigest === null ? 'The archive is incomplete: save the image again.' : sparseHint,
	});
}

/** For a layout some blobs of which are not in it, as tools leave them out that copy or pull only a part. */
export const sparseHint =
	'The layout is incomplete, or sparse: blobs were left out on purpose. Copy all of the image, for example with skopeo copy --all.';

/** What there is to know of an image to choose it. */
export function sourceImage(
	{ names, manifestDigest, configDigest, platform, config, layers }: ListedImage,
	isOpened: boolean,
	store: Pick<BlobStore, 'sizeOf'>,
): SourceImage {
	const storedBytes = layers.reduce((sum, { name }) => sum + (store.sizeOf(name) ?? 0), 0);
	const of = platform ?? config.platform;
	return {
		names,
		manifestDigest,
		configDigest,
		platform: of,
		created: config.created,
		storedBytes,
		isOpened,
	};
}

/** A blob that is shorter than its descriptor says was cut; one that is longer is another blob. */
export function sizeWarnings({ layers }: ListedImage, store: Pick<BlobStore, 'sizeOf'>): readonly Warning[] {
	return layers.flatMap(({ name, statedBytes }, layerIndex) => {
		const bytes = store.sizeOf(name);
		if (statedBytes === null || bytes === null || bytes === statedBytes) return [];
		const message = `The blob of the layer has ${bytes} bytes where its descriptor says ${statedBytes}.`;
		return [{ code: 'size-mismatch' as const, layerIndex, count: 1, example: null, message }];
	});
}
