import { emptyConfig, type ImageConfig, parseConfig } from '../../image/config.ts';
import { type Descriptor, namesOf } from '../../image/descriptor.ts';
import { blobPath, digestOfBlobPath } from '../../image/digest.ts';
import { type DockerImage, type OciManifest, parseDockerManifest } from '../../image/manifest.ts';
import type { Platform } from '../../image/platform.ts';
import { shorten } from '../../text/shorten.ts';
import type { BlobStore } from './blob-store.ts';
import { DocumentBudget } from './document-budget.ts';
import { walkIndex } from './index-walk.ts';
import type { ListedImage, ListedLayer } from './listed-image.ts';

const MOST_IMAGES = 1000;

/** Reads the images that a store lists. A config or a manifest that several images share is read once. */
export class ListedImageReader {
	/** Whether a bound was reached, so that there may be more images. */
	isCut = false;
	readonly absentPlatforms: Platform[] = [];
	readonly #store: BlobStore;
	readonly #budget: DocumentBudget;
	readonly #configs = new Map<string, FoundConfig | null>();
	readonly #contents = new Map<OciManifest, ManifestContents | null>();

	constructor(store: BlobStore, signal: AbortSignal | undefined) {
		this.#store = store;
		this.#budget = new DocumentBudget(signal);
	}

	/** The images of `manifest.json`. */
	async dockerImages(bytes: Uint8Array): Promise<readonly ListedImage[]> {
		const listed = parseDockerManifest(bytes, `${this.#store.label}: manifest.json`);
		const images: ListedImage[] = [];
		for (const entry of listed) {
			const found = images.length < MOST_IMAGES ? await this.#config(entry.configPath) : null;
			if (found === null) {
				this.isCut = true;
				break;
			}
			images.push(this.#dockerImage(entry, found));
		}
		return images;
	}

	#dockerImage({ configPath, repoTags, layerPaths }: DockerImage, found: FoundConfig): ListedImage {
		const { config, missing } = found;
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
			missing: missing ?? this.#firstMissing(layers),
		};
	}

	/** The images that `index.json` leads to. */
	async indexImages(bytes: Uint8Array): Promise<readonly ListedImage[]> {
		const { label } = this.#store;
		const images: ListedImage[] = [];
		const steps = walkIndex(
			{ bytes, name: `${label}: index.json` },
			{
				read: (digest) => this.#store.document(blobPath(digest)),
				nameOf: (digest) => `${label}: ${blobPath(digest)}`,
				budget: this.#budget,
			},
		);
		for await (const step of steps) {
			const own = step.path.at(-1);
			if (step.kind === 'cut') this.isCut = true;
			if (step.kind === 'absent' && own?.platform) this.absentPlatforms.push(own.platform);
			if (step.kind !== 'image') continue;
			const contents = await this.#contentsOf(step.manifest);
			if (contents === null) {
				this.isCut = true;
				break;
			}
			images.push(listedImage(contents, step.path));
		}
		return images;
	}

	async #contentsOf(manifest: OciManifest): Promise<ManifestContents | null> {
		const known = this.#contents.get(manifest);
		if (known !== undefined) return known;
		const found = await this.#config(blobPath(manifest.config.digest));
		// To look for all layers takes as long as to parse a document.
		await this.#budget.yield();
		const contents = found && this.#manifestContents(manifest, found);
		this.#contents.set(manifest, contents);
		return contents;
	}

	#manifestContents(manifest: OciManifest, { config, missing }: FoundConfig): ManifestContents {
		const layers = manifest.layers.map(({ digest, mediaType, size }) => ({
			name: blobPath(digest),
			digest,
			mediaType,
			statedBytes: size,
		}));
		return {
			configDigest: manifest.config.digest,
			annotations: manifest.annotations,
			config,
			layers,
			missing: missing ?? this.#firstMissing(layers),
		};
	}

	/** Null when a bound was reached. */
	async #config(name: string | null): Promise<FoundConfig | null> {
		await this.#budget.yield();
		if (name === null) return { config: emptyConfig, missing: null };
		const known = this.#configs.get(name);
		if (known !== undefined) return known;
		const found = await this.#readConfig(name);
		this.#configs.set(name, found);
		return found;
	}

	async #readConfig(name: string): Promise<FoundConfig | null> {
		const bytes = await this.#store.document(name);
		if (bytes === null) return { config: emptyConfig, missing: name };
		if (!(await this.#budget.admit(bytes))) return null;
		const where = `${this.#store.label}: the image config ${shorten(name)}`;
		return { config: parseConfig(bytes, where), missing: null };
	}

	#firstMissing(layers: readonly ListedLayer[]): string | null {
		return layers.find(({ name }) => this.#store.sizeOf(name) === null)?.name ?? null;
	}
}

/** What a manifest says, whatever the descriptors that lead to it add. */
type ManifestContents = Omit<ListedImage, 'names' | 'platform' | 'manifestDigest'>;

interface FoundConfig {
	readonly config: ImageConfig;
	/** The name of the config where it is absent. */
	readonly missing: string | null;
}

/** The innermost descriptor that has a name names the image. */
function listedImage(contents: ManifestContents, path: readonly Descriptor[]): ListedImage {
	const own = path.at(-1);
	return {
		...contents,
		names: path.map(({ annotations }) => namesOf(annotations)).findLast((names) => names.length > 0) ?? [],
		platform: own?.platform ?? contents.config.platform,
		manifestDigest: own?.digest ?? null,
	};
}

/** Docker names a config by its digest: `HEX.json`, `sha256:HEX` or `blobs/sha256/HEX`. */
function configDigestOf(path: string): string | null {
	const match = /^(?:sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(path);
	return match ? `sha256:${match[1]}` : digestOfBlobPath(path);
}
