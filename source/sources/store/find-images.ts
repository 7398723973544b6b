import { FathomError } from '../../errors.ts';
import { emptyConfig, type ImageConfig, parseConfig } from '../../image/config.ts';
import { type Descriptor, isAttestation, namesOf } from '../../image/descriptor.ts';
import { blobPath, digestOfBlobPath } from '../../image/digest.ts';
import {
	isImageManifest,
	type OciManifest,
	parseDockerManifest,
	parseOciDocument,
} from '../../image/manifest.ts';
import type { Platform } from '../../image/platform.ts';
import type { Candidate } from '../../image/select.ts';
import { shorten } from '../../text/shorten.ts';
import type { BlobStore } from './blob-store.ts';

/** An image that an archive or a layout lists. */
export interface ListedImage extends Candidate {
	readonly annotations: Readonly<Record<string, string>>;
	readonly config: ImageConfig;
	/** Lowest first. */
	readonly layers: readonly ListedLayer[];
	/** The first file that the image needs and that is not there; null when it is whole. */
	readonly missing: string | null;
}

export interface ListedLayer {
	/** The name of the blob in the store. */
	readonly name: string;
	readonly digest: string | null;
	readonly mediaType: string | null;
	/** What the descriptor says the blob's size is. */
	readonly statedBytes: number | null;
}

export interface ListedImages {
	readonly images: readonly ListedImage[];
	/** Platforms that an index lists and the store does not hold. */
	readonly absentPlatforms: readonly Platform[];
	/** Which file listed them; null when the store has neither. */
	readonly listedBy: 'manifest.json' | 'index.json' | null;
}

const MOST_IMAGES = 1000;
const MOST_NESTED_INDEXES = 8;
const MOST_DOCUMENTS = 10_000;

/**
 * Lists the images of a store: those of `manifest.json` (docker save), then those of `index.json` (OCI image layout) that are not
 * the same. Throws `corrupt` where a document cannot be read.
 */
export async function findImages(store: BlobStore): Promise<ListedImages> {
	const manifest = await store.document('manifest.json');
	const docker = manifest === null ? [] : await findDockerImages(store, manifest);
	const walk = new IndexWalk(store);
	const index = await store.document('index.json');
	if (index !== null) await walk.walkIndex(index, 'index.json', []);
	const rest = walk.images.filter((image) => !docker.some((known) => isSame(known, image)));
	const named = docker.map((known) =>
		withManifest(
			known,
			walk.images.find((image) => isSame(known, image)),
		),
	);
	const all = [...named, ...rest];
	const whole = all.filter(({ missing }) => missing === null);
	const partial = all.filter(({ missing }) => missing !== null);
	const absent = [...walk.absentPlatforms, ...partial.map(({ platform }) => platform)].filter(
		(platform) => platform !== null,
	);
	const listedBy =
		docker.length > 0 || (manifest !== null && index === null)
			? 'manifest.json'
			: index !== null
				? 'index.json'
				: null;
	return whole.length > 0
		? { images: whole, absentPlatforms: absent, listedBy }
		: { images: partial, absentPlatforms: walk.absentPlatforms, listedBy };
}

function isSame(left: ListedImage, right: ListedImage): boolean {
	return (
		left.configDigest !== null &&
		left.configDigest === right.configDigest &&
		left.layers.length === right.layers.length
	);
}

/** An image that both files list has its names from one and its digest and annotations from the other. */
function withManifest(image: ListedImage, listed: ListedImage | undefined): ListedImage {
	if (listed === undefined) return image;
	const layers = image.layers.map(({ name }, index) => ({ ...listed.layers[index], name }));
	return { ...image, manifestDigest: listed.manifestDigest, annotations: listed.annotations, layers };
}

async function findDockerImages(store: BlobStore, bytes: Uint8Array): Promise<readonly ListedImage[]> {
	const images = parseDockerManifest(bytes, `${store.label}: manifest.json`).slice(0, MOST_IMAGES);
	return Promise.all(
		images.map(async ({ configPath, repoTags, layerPaths }) => {
			const { config, missing } = await readConfig(store, configPath);
			const layers = layerPaths.map((name) => ({
				name,
				digest: digestOfBlobPath(name),
				mediaType: null,
				statedBytes: null,
			}));
			return {
				names: repoTags,
				platform: config.platform,
				manifestDigest: null,
				configDigest: configPath === null ? null : configDigestOf(configPath),
				annotations: {},
				config,
				layers,
				missing: missing ?? firstMissing(store, layers),
			};
		}),
	);
}

/** Docker names a config by its digest: `HEX.json`, `sha256:HEX` or `blobs/sha256/HEX`. */
function configDigestOf(path: string): string | null {
	const match = /^(?:sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(path);
	return match ? `sha256:${match[1]}` : digestOfBlobPath(path);
}

async function readConfig(
	store: BlobStore,
	name: string | null,
): Promise<{ config: ImageConfig; missing: string | null }> {
	if (name === null) return { config: emptyConfig, missing: null };
	const bytes = await store.document(name);
	if (bytes === null) return { config: emptyConfig, missing: name };
	return { config: parseConfig(bytes, `${store.label}: the image config ${shorten(name)}`), missing: null };
}

function firstMissing(store: BlobStore, layers: readonly ListedLayer[]): string | null {
	return layers.find(({ name }) => store.sizeOf(name) === null)?.name ?? null;
}

/** Follows an index and the indexes in it to the image manifests. */
class IndexWalk {
	readonly images: ListedImage[] = [];
	readonly absentPlatforms: Platform[] = [];
	readonly #store: BlobStore;
	#visits = 0;

	constructor(store: BlobStore) {
		this.#store = store;
	}

	async walkIndex(bytes: Uint8Array, name: string, parents: readonly Descriptor[]): Promise<void> {
		const document = parseOciDocument(bytes, `${this.#store.label}: ${name}`);
		if (document.kind === 'index')
			for (const descriptor of document.manifests) await this.#follow(descriptor, parents);
		else if (document.kind === 'manifest') await this.#add(document, parents);
	}

	async #follow(descriptor: Descriptor, parents: readonly Descriptor[]): Promise<void> {
		if (
			isAttestation(descriptor) ||
			parents.length > MOST_NESTED_INDEXES ||
			this.images.length >= MOST_IMAGES
		)
			return;
		if (this.#visits >= MOST_DOCUMENTS) return;
		this.#visits += 1;
		const path = [...parents, descriptor];
		const bytes = await this.#store.document(blobPath(descriptor.digest));
		if (bytes !== null) await this.walkIndex(bytes, blobPath(descriptor.digest), path);
		else if (descriptor.platform !== null) this.absentPlatforms.push(descriptor.platform);
	}

	async #add(manifest: OciManifest, path: readonly Descriptor[]): Promise<void> {
		if (!isImageManifest(manifest)) return;
		const own = path.at(-1);
		const { config, missing } = await readConfig(this.#store, blobPath(manifest.config.digest));
		const layers = manifest.layers.map(({ digest, mediaType, size }) => ({
			name: blobPath(digest),
			digest,
			mediaType,
			statedBytes: size,
		}));
		this.images.push({
			names: path.map(({ annotations }) => namesOf(annotations)).findLast((names) => names.length > 0) ?? [],
			platform: own?.platform ?? config.platform,
			manifestDigest: own?.digest ?? null,
			configDigest: manifest.config.digest,
			annotations: manifest.annotations,
			config,
			layers,
			missing: missing ?? firstMissing(this.#store, layers),
		});
	}
}

/** Throws `missing` for an image that lacks a file. */
export function requireWhole({ missing, layers }: ListedImage, label: string): void {
	if (missing === null) return;
	const layer = layers.findIndex(({ name }) => name === missing);
	const what = layer === -1 ? 'the image config' : `layer ${layer + 1}`;
	throw new FathomError({
		code: 'missing',
		message: `${label}: ${what} is listed but not there (${shorten(missing)}).`,
		hint: 'The archive is incomplete: save the image again.',
	});
}
