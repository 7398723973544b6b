import { createHash } from 'node:crypto';
import { fetchedDocument } from '../../cache/fetched.ts';
import { json } from '../../cache/kinds/answers.ts';
import type { CacheRequest, LayerCache } from '../../cache/layer-cache.ts';
import { parseConfig } from '../../image/config.ts';
import { parseJsonObject } from '../../image/json.ts';
import { type OciManifest, parseOciDocument } from '../../image/manifest.ts';
import type { ImageRecord, InspectedImage } from './engine-image.ts';

/** The document of a digest, which its content was found to have; null where there is no such document. */
export type Documents = (digest: string) => Uint8Array | null;

/**
 * The record of an image whose ID is the digest of its config, as in Docker's own store, which holds unpacked layers and no manifests.
 * Null where the document is missing, or is not a config.
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

/** The record of an image that has a manifest. Null where a document is missing, or is not what it should be. */
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

/** The record from the documents in the cache; null where one is missing. */
export function cachedRecord(image: InspectedImage, cache: LayerCache): ImageRecord | null {
	const documents: Documents = (digest) => cache.lookUp(fetchedDocument(digest));
	const found = cache.lookUp(manifestRequest(image));
	return found === null ? recordOfConfig(image.id, documents) : recordOfManifest(found.digest, documents);
}

/** Stores which manifest an image turned out to have when it was exported: an engine that lists several says only what its layers are. */
export function storeManifestDigest(image: InspectedImage, digest: string, cache: LayerCache): void {
	cache.store(manifestRequest(image), { digest });
}

interface ManifestName {
	readonly digest: string;
}

const manifestNames = json(
	(value): value is ManifestName =>
		typeof value === 'object' && value !== null && 'digest' in value && typeof value.digest === 'string',
);

function manifestRequest(image: InspectedImage): CacheRequest<ManifestName> {
	return { kind: manifestNames, keys: [manifestKey(image)], cost: Infinity };
}

function manifestKey({ id, diffIds }: InspectedImage): string {
	const layers = createHash('sha256')
		.update((diffIds ?? []).join(' '))
		.digest('hex');
	return `manifest ${id} ${layers}`;
}

/** Whether a document has this digest. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
	const [algorithm, hex] = digest.split(':');
	return createHash(algorithm).update(bytes).digest('hex') === hex;
}
