import { createHash } from 'node:crypto';
import type { LayerCache } from '../../cache/layer-cache.ts';
import { parseConfig } from '../../image/config.ts';
import { parseJsonObject } from '../../image/json.ts';
import { type OciManifest, parseOciDocument } from '../../image/manifest.ts';
import type { ImageRecord, InspectedImage } from './engine-image.ts';

/** A document by its digest, whose content was found to have it; null where there is none. */
export type Documents = (digest: string) => Uint8Array | null;

/**
 * The record of an image whose ID is the digest of its config, as Docker's own store has it. Such a store keeps layers unpacked, and no
 * manifest. Null where the document is not there, or is no config.
 */
export function recordOfConfig(id: string, documents: Documents): ImageRecord | null {
	const bytes = documents(id);
	if (bytes === null) return null;
	if (!('rootfs' in parseJsonObject(bytes, id))) return null;
	return {
		config: parseConfig(bytes, id),
		configDigest: id,
		manifestDigest: null,
		annotations: {},
		layers: null,
	};
}

/** The record of an image that has a manifest. Null where a document is not there, or is something else. */
export function recordOfManifest(manifestDigest: string, documents: Documents): ImageRecord | null {
	const bytes = documents(manifestDigest);
	if (bytes === null) return null;
	const manifest = parseOciDocument(bytes, manifestDigest);
	if (manifest.kind !== 'manifest') return null;
	const config = documents(manifest.config.digest);
	return config && recordOf(manifest, manifestDigest, config);
}

/** The record of an image whose manifest has been parsed; `config` is the document. Throws `corrupt`. */
export function recordOf(manifest: OciManifest, manifestDigest: string, config: Uint8Array): ImageRecord {
	const configDigest = manifest.config.digest;
	return {
		config: parseConfig(config, configDigest),
		configDigest,
		manifestDigest,
		annotations: manifest.annotations,
		layers: manifest.layers.map(({ digest, mediaType, size }) => ({
			digest,
			mediaType,
			storedBytes: size ?? 0,
		})),
	};
}

/** The documents of the cache, with nothing said of one that is damaged: it counts as not there. */
export function rememberedRecord(image: InspectedImage, cache: LayerCache): ImageRecord | null {
	const documents: Documents = (digest) => cache.document(digest);
	const manifestDigest = rememberedManifest(image, cache);
	return manifestDigest === null
		? recordOfConfig(image.id, documents)
		: recordOfManifest(manifestDigest, documents);
}

const DIGEST_WORDS = 8;

/** Which manifest the image turned out to have when it was exported: an engine that lists several says only what its layers are. */
function rememberedManifest(image: InspectedImage, cache: LayerCache): string | null {
	const words = cache.answer(manifestKey(image));
	if (words?.length !== DIGEST_WORDS) return null;
	const hex = Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
	return `sha256:${hex}`;
}

/** Keeps which manifest an image has. */
export function rememberManifest(image: InspectedImage, manifestDigest: string, cache: LayerCache): void {
	const hex = /^sha256:([0-9a-f]{64})$/.exec(manifestDigest)?.[1];
	if (hex === undefined) return;
	const words = Uint32Array.from({ length: DIGEST_WORDS }, (_, index) =>
		Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16),
	);
	cache.keepAnswer(manifestKey(image), words);
}

function manifestKey({ id, diffIds }: InspectedImage): string {
	const layers = createHash('sha256')
		.update((diffIds ?? []).join(' '))
		.digest('hex');
	return `manifest ${id} ${layers}`;
}

/** Whether a document has the digest that it is called by. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
	const [algorithm, hex] = digest.split(':');
	return createHash(algorithm).update(bytes).digest('hex') === hex;
}
