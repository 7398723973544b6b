import { FathomError } from '../errors.ts';
import { shorten } from '../text/shorten.ts';

/**
 * Layers that are kept elsewhere by design, mostly base layers of Windows (OCI image specification, layer.md, "Non-Distributable Layers"), by
 * their media type or because their descriptor names other locations. Their blobs may be absent.
 */
export function isForeignLayer({ mediaType, urls }: LayerSource): boolean {
	return urls.length > 0 || /\.foreign\.|\.nondistributable\./.test(mediaType ?? '');
}

/** What the descriptor of a layer says of its origin. */
export interface LayerSource {
	readonly mediaType: string | null;
	readonly urls: readonly string[];
}

/**
 * Throws `unsupported` for the first layer that is no tar, or one that cannot be unpacked, by its media type. `label` names the image. A
 * media type that is unknown says nothing: what comes of the layer shows when it is read.
 */
export function requireReadableLayers(
	layers: readonly { readonly mediaType: string | null }[],
	label: string,
): void {
	for (const [index, { mediaType }] of layers.entries()) {
		const kind = mediaType === null ? undefined : unreadableTypes.find(({ type }) => type.test(mediaType));
		if (mediaType === null || kind === undefined) continue;
		throw new FathomError({
			code: 'unsupported',
			message: `${label}: layer ${index + 1} ${kind.what} (${shorten(mediaType)}).`,
			hint: kind.hint,
		});
	}
}

/** For a layer that turned out to be no tar, where its media type tells what it is meant to be. */
export function noTar(where: string, mediaType: string, cause?: unknown): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${where} is no tar; its media type is ${shorten(mediaType)}.`,
		hint: notFiles,
		cause,
	});
}

/** Whether a media type says that a layer is a tar, or says nothing. */
export function saysTar(mediaType: string | null): boolean {
	return mediaType === null || /(?:^|[./+-])g?tar(?:[.+-]|$)/.test(mediaType);
}

const notFiles =
	'fathom reads layers that are tars. Fetch this one with the tool that made it, or with: oras pull';
const otherFormat = 'Convert the image to layers that are tars, or open the image that it was made from.';

interface UnreadableType {
	readonly type: RegExp;
	/** Follows `layer N`. */
	readonly what: string;
	readonly hint: string;
}

const unreadableTypes: readonly UnreadableType[] = [
	{
		type: /\+encrypted$/,
		what: 'is encrypted',
		hint: 'Decrypt the image with skopeo copy --decryption-key, or open it from an engine that has the key.',
	},
	{ type: /squashfs/, what: 'is a squashfs file system, not a tar', hint: otherFormat },
	{ type: /\berofs\b/, what: 'is an EROFS file system, not a tar', hint: otherFormat },
	{ type: /\bnydus\b/, what: 'is a Nydus blob, not a tar', hint: otherFormat },
	{
		type: /\bwasm\b/,
		what: 'is a WebAssembly module, not a tar',
		hint: 'The image has no file system. Fetch the module with oras pull or wkg.',
	},
	{
		type: /tar[.+](?:lz4|lzo|lzma|lzip|br|brotli|snappy|7z)\b/,
		what: 'has a compression that fathom cannot unpack',
		hint: 'Push the image again with gzip or zstd layers, for example with: skopeo copy --dest-compress-format gzip',
	},
	{ type: /[/+](?:json|ya?ml)$/, what: 'is a document, not a tar', hint: notFiles },
	{
		type: /\bsif\b|\bollama\b|\bgguf\b|\bsafetensors\b|\bqcow2?\b|\biso\b/,
		what: 'is not a tar',
		hint: notFiles,
	},
];
