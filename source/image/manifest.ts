import { type Descriptor, parseDescriptor } from './descriptor.ts';
import { beyondLimit, corrupt, isObject, parseJson, parseJsonObject } from './json.ts';
import * as tolerant from './tolerant.ts';

/** One image in the `manifest.json` of a `docker save` archive. */
export interface DockerImage {
	/** Path of the config in the archive; null when the entry names none. */
	readonly configPath: string | null;
	readonly repoTags: readonly string[];
	/** Paths in the archive, lowest layer first. */
	readonly layerPaths: readonly string[];
	/** What Docker says of the origin of layers, by diff ID: of those that are kept elsewhere by design at least. */
	readonly layerSources: ReadonlyMap<string, LayerOrigin>;
}

/** The part of a descriptor that tells of a layer's origin. */
export type LayerOrigin = Pick<Descriptor, 'mediaType' | 'size' | 'urls'>;

/**
 * A JSON document of an OCI layout or a registry: what it is, by its content first and its media type second. `schema-1` is a manifest of
 * Docker's older schema 1, which has no config and lists its layers in another way.
 */
export type OciDocument =
	| OciIndex
	| OciManifest
	| { readonly kind: 'schema-1' }
	| { readonly kind: 'other'; readonly mediaType: string | null };

/** An image index (OCI image specification, image-index.md) or a Docker manifest list. */
export interface OciIndex {
	readonly kind: 'index';
	readonly mediaType: string | null;
	readonly manifests: readonly Descriptor[];
	readonly annotations: Readonly<Record<string, string>>;
}

/** An image manifest (OCI image specification, manifest.md) or a Docker manifest of schema 2. */
export interface OciManifest {
	readonly kind: 'manifest';
	readonly mediaType: string | null;
	/** What an artifact is; null for most images. */
	readonly artifactType: string | null;
	readonly config: Descriptor;
	/** Lowest first. */
	readonly layers: readonly Descriptor[];
	readonly annotations: Readonly<Record<string, string>>;
}

const head = tolerant.fields({
	mediaType: tolerant.text,
	artifactType: tolerant.text,
	annotations: tolerant.dictionary,
});

/**
 * Parses the `manifest.json` of a `docker save` archive: the images in archive order, none for `null`. The keys may be in lower
 * case, as jib writes them. Throws `corrupt`, with `where` at the start of the message.
 */
export function parseDockerManifest(bytes: Uint8Array, where: string): readonly DockerImage[] {
	return boundedList(parseJson(bytes, where), where).flatMap((entry, index) =>
		entry === null ? [] : [dockerImage(entry, `${where}, image ${index + 1}`)],
	);
}

/**
 * Parses an index or a manifest. Throws `corrupt`, with `where` at the start of the message, for anything but a JSON object, and for a
 * descriptor without a valid digest.
 */
export function parseOciDocument(bytes: Uint8Array, where: string): OciDocument {
	const document = parseJsonObject(bytes, where);
	const { mediaType, artifactType, annotations } = head.parse(document);
	if (isIndex(document, mediaType)) {
		const manifests = descriptors(document.manifests, where, 'manifests');
		return { kind: 'index', mediaType, manifests, annotations };
	}
	if (isObject(document.config) && 'digest' in document.config) {
		return {
			kind: 'manifest',
			mediaType,
			artifactType,
			config: parseDescriptor(document.config, `${where}, config`),
			layers: descriptors(document.layers, where, 'layers'),
			annotations,
		};
	}
	return document.schemaVersion === 1 ? { kind: 'schema-1' } : { kind: 'other', mediaType };
}

const indexTypes: readonly string[] = [
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
];

function isIndex(document: Readonly<Record<string, unknown>>, mediaType: string | null): boolean {
	if (Array.isArray(document.manifests)) return true;
	return document.manifests === null || (mediaType !== null && indexTypes.includes(mediaType));
}

function dockerImage(entry: unknown, where: string): DockerImage {
	if (!isObject(entry)) throw corrupt(where, 'is not an object');
	const layerPaths = boundedList(entry.Layers ?? entry.layers ?? null, `${where}, "Layers"`);
	return {
		configPath: tolerant.text.parse(entry.Config ?? entry.config),
		repoTags: tolerant.texts.parse(entry.RepoTags ?? entry.repoTags),
		layerSources: layerSources(entry.LayerSources),
		layerPaths: layerPaths.map((path, index) => layerPath(path, `${where}, layer ${index + 1}`)),
	};
}

const originSchema = tolerant.fields({
	mediaType: tolerant.text,
	size: tolerant.byteCount,
	urls: tolerant.texts,
});

function layerSources(value: unknown): ReadonlyMap<string, LayerOrigin> {
	const entries = isObject(value) ? Object.entries(value).slice(0, tolerant.maximumItems) : [];
	return new Map(entries.map(([diffId, origin]) => [diffId, originSchema.parse(origin)]));
}

function layerPath(path: unknown, where: string): string {
	if (typeof path !== 'string' || path === '') throw corrupt(where, 'is not a path');
	if (path.length > maximumPathLength)
		throw beyondLimit(where, `has a path longer than ${maximumPathLength}`);
	return path;
}

const maximumPathLength = 4096;

function descriptors(value: unknown, where: string, key: string): readonly Descriptor[] {
	return boundedList(value ?? null, `${where}, "${key}"`).map((item, index) =>
		parseDescriptor(item, `${where}, "${key}" ${index + 1}`),
	);
}

/** A list; null is an empty one. It is never cut, because an image without its last layers would be another image. */
function boundedList(value: unknown, where: string): readonly unknown[] {
	if (value === null) return [];
	if (!Array.isArray(value)) throw corrupt(where, 'is not a list');
	if (value.length > tolerant.maximumItems) {
		throw beyondLimit(where, `has ${value.length} items; at most ${tolerant.maximumItems} are read`);
	}
	return value;
}
