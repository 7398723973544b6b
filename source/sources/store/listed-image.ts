import { FathomError } from '../../errors.ts';
import type { ImageConfig } from '../../image/config.ts';
import type { Candidate } from '../../image/select.ts';
import { shorten } from '../../text/shorten.ts';

/** An image that an archive or a layout lists. */
export interface ListedImage extends Candidate {
	readonly annotations: Readonly<Record<string, string>>;
	readonly config: ImageConfig;
	/** Lowest first. */
	readonly layers: readonly ListedLayer[];
	/** The first file of the image that is absent; null when the image is complete. */
	readonly missing: string | null;
}

export interface ListedLayer {
	/** The name of the blob in the store. */
	readonly name: string;
	readonly digest: string | null;
	readonly mediaType: string | null;
	/** The size of the blob as its descriptor states it, bytes. */
	readonly statedBytes: number | null;
}

/** Throws `missing` for an image that lacks a file. */
export function requireWhole({ missing, layers }: ListedImage, label: string): void {
	if (missing === null) return;
	const layer = layers.findIndex(({ name }) => name === missing);
	const what = layer === -1 ? 'the image config' : `layer ${layer + 1}`;
	throw new FathomError({
		code: 'missing',
		message: `${label}: ${what} is listed but missing (${shorten(missing)}).`,
		hint: 'The archive is incomplete: save the image again.',
	});
}
