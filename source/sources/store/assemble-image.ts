import type { CacheAddress } from '../../cache/cache-address.ts';
import type { SourceImage } from '../../image/at-hand/source-image.ts';
import { emptyConfig } from '../../image/config.ts';
import { describeImage } from '../../image/describe.ts';
import type { ImageDescription } from '../../image/image.ts';
import { requireReadableLayers } from '../../image/layer-type.ts';
import { matchName } from '../../image/match-name.ts';
import { hostPlatform } from '../../image/platform.ts';
import type { Provenance } from '../../image/provenance.ts';
import { platformsAbsent, selectImage } from '../../image/select.ts';
import type { Changeset, TarWarning } from '../../tar/changeset.ts';
import type { IdentityScheme } from '../../tar/content-identity.ts';
import type { Notice, Warning } from '../../warning.ts';
import type { FileReader } from '../file-source.ts';
import type { ImageChoice, LayerContent, ReadImage, SourceKind } from '../image-source.ts';
import { diffIdWarnings, matchDiffIds } from '../layers/verified-layers.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import type { BlobStore } from './blob-store.ts';
import { findImages, type ListedImages, type ListFile } from './find-images.ts';
import {
	isAbsentLayer,
	type ListedImage,
	requireConfig,
	requireWhole,
	sizeWarnings,
	sourceImage,
} from './listed-image.ts';
import { noImage } from './no-image.ts';
import { type FoundProvenance, readProvenance } from './read-provenance.ts';

/** The image that was picked from a store, described, and what is left is to read its layers. */
export interface PickedImage {
	readonly found: ListedImage;
	readonly description: ImageDescription;
	readonly others: readonly ImageDescription[];
	/** All images of the store that are whole, in its order. */
	readonly choices: readonly SourceImage[];
	readonly listedBy: ListFile;
	/** Whether each layer is kept elsewhere by design and is not in the store. */
	readonly isAbsent: readonly boolean[];
	/** How it was built, where it is attested. */
	readonly provenance: Provenance | null;
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
}

interface PickOptions {
	readonly signal?: AbortSignal | undefined;
	readonly isRootFileSystem?: boolean;
	/** Whether layers may be missing. */
	readonly isForgiving?: boolean;
}

/**
 * Picks one image of a store. Null when the store lists none at all, or when it is the root of a container and what
 * is called like a list of images there is something else, such as a web page's manifest.json. Throws `FathomError`.
 */
export async function pickImage(
	store: BlobStore,
	choice: ImageChoice,
	{ signal, isRootFileSystem = false, isForgiving = false }: PickOptions,
): Promise<PickedImage | null> {
	try {
		return await pickListed(store, choice, { signal, isForgiving });
	} catch (error) {
		throwIfInterrupted(signal);
		if (isRootFileSystem) return null;
		throw error;
	}
}

async function pickListed(
	store: BlobStore,
	{ imageName, platform }: ImageChoice,
	{ signal, isForgiving }: Pick<PickOptions, 'signal' | 'isForgiving'>,
): Promise<PickedImage | null> {
	const listed = await findImages(store, signal);
	const { images, artifacts, absentPlatforms, listedBy } = listed;
	if (listedBy === null) return null;
	if (images.length === 0) throw noImage(store.label, listedBy, listed);
	const named = imageName === undefined ? [] : matchName(artifacts, imageName);
	if (imageName !== undefined && named.length > 0 && matchName(images, imageName).length === 0)
		throw noImage(store.label, listedBy, { ...listed, artifacts: named });
	const { chosen, notices } = selectImage({
		candidates: images,
		imageName,
		platform,
		host: hostPlatform(),
		where: store.label,
	});
	requireReadableLayers(chosen.layers, store.label);
	(isForgiving ? requireConfig : requireWhole)(chosen, store.label);
	const { description, warnings } = describe(chosen, store);
	const others = await describeAll(
		images.filter((image) => image !== chosen),
		store,
		signal,
	);
	const absent = platformsAbsent(absentPlatforms);
	const { provenance, notices: about } = await provenanceOf(chosen, listed, store);
	return {
		found: chosen,
		description,
		others,
		choices: images.map((image) => sourceImage(image, image === chosen, store)),
		listedBy,
		isAbsent: chosen.layers.map((layer) => isAbsentLayer(layer, store)),
		warnings: [...warnings, ...sizeWarnings(chosen, store)],
		provenance,
		notices: [...notices, ...(absent === null ? [] : [absent]), ...about],
	};
}

function provenanceOf(
	{ manifestDigest }: ListedImage,
	{ attestations }: ListedImages,
	store: BlobStore,
): Promise<FoundProvenance> | FoundProvenance {
	const attestation = manifestDigest === null ? undefined : attestations.get(manifestDigest);
	if (attestation === undefined) return { provenance: null, notices: [] };
	const read = (digest: string): Promise<Uint8Array | null> => store.document(attestation.nameOf(digest));
	return readProvenance({ digest: attestation.digest, manifest: read, blob: read });
}

/** Images that share a manifest share the description of their layers. */
async function describeAll(
	images: readonly ListedImage[],
	store: BlobStore,
	signal: AbortSignal | undefined,
): Promise<readonly ImageDescription[]> {
	const slice = new TimeSlice(signal);
	const byLayers = new Map<ListedImage['layers'], ImageDescription>();
	const descriptions: ImageDescription[] = [];
	for (const image of images) {
		await slice.yield();
		const known = byLayers.get(image.layers) ?? describe(image, store).description;
		byLayers.set(image.layers, known);
		const { names, manifestDigest, configDigest, annotations, config } = image;
		const platform = image.platform ?? config.platform;
		descriptions.push({ ...known, names, platform, manifestDigest, configDigest, annotations });
	}
	return descriptions;
}

function describe(found: ListedImage, store: BlobStore): ReturnType<typeof describeImage> {
	const layers = found.layers.map((layer) => {
		const { name, digest, mediaType, statedBytes, urls } = layer;
		const storedBytes = store.sizeOf(name) ?? 0;
		const absent = isAbsentLayer(layer, store) ? { sizeBytes: statedBytes, urls } : null;
		return { digest, mediaType, storedBytes, absent };
	});
	return describeImage({ ...found, layers });
}

export interface ImageParts {
	readonly reference: string;
	readonly sourceKind: SourceKind;
	readonly description: ImageDescription;
	readonly others: readonly ImageDescription[];
	readonly choices?: readonly SourceImage[];
	readonly changesets: readonly Changeset[];
	readonly diffIdOf: (changeset: Changeset) => string | null;
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	/** Null by default. */
	readonly provenance?: Provenance | null;
	readonly content: LayerContent | null;
	/** None by default. */
	readonly answers?: CacheAddress | null;
	/** Keyed unless said otherwise. */
	readonly identityScheme?: IdentityScheme;
	readonly files: FileReader | null;
}

/** Puts a read image together: diff IDs checked, with the warnings of its layers. */
export function assembleImage({ diffIdOf, ...parts }: ImageParts): ReadImage {
	const diffIdMatches = matchDiffIds(parts.description, parts.changesets, diffIdOf);
	return {
		answers: null,
		identityScheme: 'keyed',
		provenance: null,
		...parts,
		foundIn: null,
		diffIdMatches,
		warnings: [
			...parts.warnings,
			...diffIdWarnings(diffIdMatches),
			...parts.changesets.flatMap(layerWarnings),
		],
	};
}

const sentences: Readonly<Record<TarWarning['code'], string>> = {
	'path-escapes-root': 'An entry has a ".." in its path; it is left out.',
	'invalid-name': 'An entry has a name that no file can have; it is left out.',
	'unknown-entry-type': 'An entry has a type that fathom does not know; it is left out.',
	'overlay-whiteout':
		'A character device has the numbers 0:0, which an overlay file system takes for a whiteout: containers do not show it.',
	'malformed-header': 'A header has a field that is not a number; Docker and containerd refuse such a layer.',
	'malformed-extended-header':
		'An extended header has a malformed record; Docker and containerd refuse such a layer.',
	'lone-zero-block':
		'A single block of zeros is in the middle of the tar; Docker and containerd refuse such a layer.',
	'second-archive': 'Another tar follows the end of this one; it is left out, as Docker and containerd do.',
	'no-end-mark': 'The tar has no mark at its end: it may have been cut, and files may be missing.',
	'sparse-file-skipped':
		'A sparse file is left out, because the sparse files of its layer have more than 16 TiB or 262,144 extents.',
	'sparse-file-not-hashed':
		'A sparse file has no SHA-256, because the sparse files of its layer have more than 1 GiB of holes.',
};

function layerWarnings({ warnings }: Changeset, layerIndex: number): readonly Warning[] {
	return warnings.map(({ code, count, example }) => ({
		code,
		layerIndex,
		count,
		example,
		message: sentences[code],
	}));
}

/** A container's exported file system as an image: one layer, no config, no history. */
export function describeSnapshot(storedBytes: number): ImageDescription {
	return describeImage({
		names: [],
		manifestDigest: null,
		configDigest: null,
		platform: null,
		annotations: {},
		config: emptyConfig,
		layers: [{ digest: null, mediaType: null, storedBytes, absent: null }],
	}).description;
}

/** What an archive is that opens as one layer. */
export interface SingleLayer {
	readonly sourceKind: Extract<SourceKind, 'container-snapshot' | 'layer'>;
	readonly notices: readonly Notice[];
}

/** A tar that is taken as one layer: because the user says so, or because it is the file system of a container. */
export function singleLayer({ asLayer = false }: ImageChoice): SingleLayer {
	if (asLayer) {
		const message = 'This tar is opened as one layer, without history or config.';
		return { sourceKind: 'layer', notices: [{ code: 'opened-as-layer', message }] };
	}
	const message =
		'This is the file system of a container, not an image: it opens as one layer without history or config.';
	return { sourceKind: 'container-snapshot', notices: [{ code: 'container-snapshot', message }] };
}
