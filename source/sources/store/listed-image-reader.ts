import { createHash } from 'node:crypto';
import {
	type Artifact,
	artifactOfType,
	describeArtifact,
	isImageByConfig,
	manifestKind,
} from '../../image/artifact.ts';
import { emptyConfig, type ImageConfig, parseConfig } from '../../image/config.ts';
import { type Descriptor, namesOf } from '../../image/descriptor.ts';
import { blobPath, digestOfBlobPath } from '../../image/digest.ts';
import { isForeignLayer } from '../../image/layer-type.ts';
import { type DockerImage, type OciManifest, parseDockerManifest } from '../../image/manifest.ts';
import type { Platform } from '../../image/platform.ts';
import { shorten } from '../../text/shorten.ts';
import type { BlobStore } from './blob-store.ts';
import { DocumentBudget } from './document-budget.ts';
import { type IndexStep, walkIndex } from './index-walk.ts';
import { type Attestation, type ListedImage, type ListedLayer, missingLayers } from './listed-image.ts';

const MOST_IMAGES = 1000;
const MOST_ARTIFACTS = 100;

/** The document at which images are listed. */
export interface ListRoot {
	readonly bytes: Uint8Array;
	/** The name of its file. */
	readonly name: string;
	/** The name of the file with a digest: by default that of an image layout. */
	readonly nameOf?: (digest: string) => string;
}

/** Reads the images that a store lists. A config or a manifest that several images share is read once. */
export class ListedImageReader {
	/** Whether a bound was reached, so that there may be more images. */
	isCut = false;
	readonly absentPlatforms: Platform[] = [];
	/** By the digest of the image's manifest. */
	readonly attestations = new Map<string, Attestation>();
	/** What is listed and is no image. */
	readonly artifacts: Artifact[] = [];
	readonly #store: BlobStore;
	readonly #budget: DocumentBudget;
	readonly #configs = new Map<string, FoundConfig | null>();
	readonly #contents = new Map<OciManifest, ManifestContents | 'artifact' | null>();
	#nameOf: (digest: string) => string = blobPath;

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

	#dockerImage(image: DockerImage, found: FoundConfig): ListedImage {
		const { configPath, repoTags, layerPaths, layerSources } = image;
		const { config, missing } = found;
		const layers = layerPaths.map((name, index): ListedLayer => {
			const origin = layerSources.get(config.diffIds[index] ?? '');
			const foreign = origin !== undefined && isForeignLayer(origin) ? origin : null;
			return {
				name,
				digest: digestOfBlobPath(name),
				mediaType: foreign?.mediaType ?? null,
				// What is stored may be the unpacked layer, whose size is another one.
				statedBytes: foreign !== null && this.#store.sizeOf(name) === null ? foreign.size : null,
				urls: foreign?.urls ?? [],
			};
		});
		return {
			names: repoTags,
			platform: config.platform,
			manifestDigest: null,
			configDigest: configPath === null ? null : (configDigestOf(configPath) ?? found.digest),
			annotations: {},
			config,
			layers,
			missing: [...missing, ...missingLayers(layers, this.#store)],
		};
	}

	/** The images that an index, or a manifest alone, leads to. */
	async indexImages({ bytes, name, nameOf = blobPath }: ListRoot): Promise<readonly ListedImage[]> {
		const { label } = this.#store;
		this.#nameOf = nameOf;
		const images: ListedImage[] = [];
		const steps = walkIndex(
			{ bytes, name: `${label}: ${name}` },
			{
				read: (digest) => this.#store.document(nameOf(digest)),
				nameOf: (digest) => `${label}: ${nameOf(digest)}`,
				budget: this.#budget,
				onAttestation: (image, digest) => this.attestations.set(image, { digest, nameOf }),
			},
		);
		for await (const step of steps) {
			if (step.kind !== 'image') {
				this.#note(step);
				continue;
			}
			const contents = await this.#contentsOf(step.manifest);
			if (contents === null) {
				this.isCut = true;
				break;
			}
			if (contents === 'artifact') this.#addArtifact(describeArtifact(step.manifest), step.path);
			else images.push(listedImage(contents, step.path, bytes));
		}
		return images;
	}

	#note(step: Exclude<IndexStep, { readonly kind: 'image' }>): void {
		const own = step.path.at(-1);
		switch (step.kind) {
			case 'cut':
				this.isCut = true;
				break;
			case 'absent':
				if (own?.platform) this.absentPlatforms.push(own.platform);
				break;
			case 'artifact':
				this.#addArtifact(describeArtifact(step.manifest), step.path);
				break;
			case 'schema-1':
			case 'other': {
				const type = step.kind === 'other' ? step.mediaType : null;
				// A document that says nothing of itself, not even in the index, is no artifact that could be named.
				if (own !== undefined || type !== null)
					this.#addArtifact(artifactOfType(type ?? own?.mediaType ?? null), step.path);
			}
		}
	}

	#addArtifact(artifact: Pick<Artifact, 'type' | 'what' | 'hint'>, path: readonly Descriptor[]): void {
		if (this.artifacts.length >= MOST_ARTIFACTS) return;
		this.artifacts.push({
			...artifact,
			names: namesOnPath(path),
			manifestDigest: path.at(-1)?.digest ?? null,
			configDigest: null,
		});
	}

	async #contentsOf(manifest: OciManifest): Promise<ManifestContents | 'artifact' | null> {
		const known = this.#contents.get(manifest);
		if (known !== undefined) return known;
		const found = await this.#config(this.#nameOf(manifest.config.digest));
		// To look for all layers takes as long as to parse a document.
		await this.#budget.yield();
		const isArtifact =
			found?.bytes &&
			manifestKind(manifest) === 'undecided' &&
			!isImageByConfig(manifest, found.config, found.bytes);
		const contents = isArtifact ? 'artifact' : found && this.#manifestContents(manifest, found);
		this.#contents.set(manifest, contents);
		return contents;
	}

	#manifestContents(manifest: OciManifest, { config, missing }: FoundConfig): ManifestContents {
		const layers = manifest.layers.map(({ digest, mediaType, size, urls }) => ({
			name: this.#nameOf(digest),
			digest,
			mediaType,
			statedBytes: size,
			urls,
		}));
		return {
			configDigest: manifest.config.digest,
			annotations: manifest.annotations,
			config,
			layers,
			missing: [...missing, ...missingLayers(layers, this.#store)],
		};
	}

	/** Null when a bound was reached. */
	async #config(name: string | null): Promise<FoundConfig | null> {
		await this.#budget.yield();
		if (name === null) return { config: emptyConfig, bytes: null, digest: null, missing: [] };
		const known = this.#configs.get(name);
		if (known !== undefined) return known;
		const found = await this.#readConfig(name);
		this.#configs.set(name, found);
		return found;
	}

	async #readConfig(name: string): Promise<FoundConfig | null> {
		const bytes = await this.#store.document(name);
		if (bytes === null) return { config: emptyConfig, bytes: null, digest: null, missing: [name] };
		if (!(await this.#budget.admit(bytes))) return null;
		const where = `${this.#store.label}: the image config ${shorten(name)}`;
		return { config: parseConfig(bytes, where), bytes, digest: sha256Of(bytes), missing: [] };
	}
}

/** What a manifest says, whatever the descriptors that lead to it add. */
type ManifestContents = Omit<ListedImage, 'names' | 'platform' | 'manifestDigest'>;

interface FoundConfig {
	readonly config: ImageConfig;
	/** Null where it is absent. */
	readonly bytes: Uint8Array | null;
	/** What its content has, whatever it is named. */
	readonly digest: string | null;
	/** The name of the config where it is absent. */
	readonly missing: readonly string[];
}

function sha256Of(bytes: Uint8Array): string {
	return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A manifest that nothing leads to is the root itself, whose bytes are `root`. */
function listedImage(contents: ManifestContents, path: readonly Descriptor[], root: Uint8Array): ListedImage {
	const own = path.at(-1);
	return {
		...contents,
		names: namesOnPath(path),
		platform: own?.platform ?? contents.config.platform,
		manifestDigest: own?.digest ?? sha256Of(root),
	};
}

/** The innermost descriptor that has a name gives it. */
function namesOnPath(path: readonly Descriptor[]): readonly string[] {
	return path.map(({ annotations }) => namesOf(annotations)).findLast((names) => names.length > 0) ?? [];
}

/** Docker names a config by its digest: `HEX.json`, `sha256:HEX` or `blobs/sha256/HEX`. */
function configDigestOf(path: string): string | null {
	const match = /^(?:sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(path);
	return match ? `sha256:${match[1]}` : digestOfBlobPath(path);
}
