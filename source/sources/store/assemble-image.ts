import { FathomError } from '../../errors.ts';
import { emptyConfig } from '../../image/config.ts';
import { describeImage } from '../../image/describe.ts';
import type { ImageDescription } from '../../image/image.ts';
import { formatPlatform, hostPlatform, type Platform } from '../../image/platform.ts';
import { platformsAbsent, selectImage } from '../../image/select.ts';
import type { Changeset, TarWarning } from '../../tar/changeset.ts';
import type { Notice, Warning } from '../../warning.ts';
import type {
	CacheAddress,
	FileReader,
	ImageChoice,
	LayerContent,
	ReadImage,
	SourceKind,
} from '../image-source.ts';
import { diffIdWarnings, matchDiffIds } from '../layers/verified-layers.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import type { BlobStore } from './blob-store.ts';
import { findImages } from './find-images.ts';
import { type ListedImage, requireWhole } from './listed-image.ts';

const MOST_NAMED = 10;

/** The image that was picked from a store, described, and what is left is to read its layers. */
export interface PickedImage {
	readonly found: ListedImage;
	readonly description: ImageDescription;
	readonly others: readonly ImageDescription[];
	readonly listedBy: 'manifest.json' | 'index.json';
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
}

interface PickOptions {
	readonly signal?: AbortSignal | undefined;
	readonly isRootFileSystem?: boolean;
}

/**
 * Picks one image of a store. Null when the store lists none at all, or when it is the root of a container and what
 * is called like a list of images there is something else, such as a web page's manifest.json. Throws `FathomError`.
 */
export async function pickImage(
	store: BlobStore,
	choice: ImageChoice,
	{ signal, isRootFileSystem = false }: PickOptions,
): Promise<PickedImage | null> {
	try {
		return await pickListed(store, choice, signal);
	} catch (error) {
		throwIfInterrupted(signal);
		if (isRootFileSystem) return null;
		throw error;
	}
}

async function pickListed(
	store: BlobStore,
	{ imageName, platform }: ImageChoice,
	signal: AbortSignal | undefined,
): Promise<PickedImage | null> {
	const { images, absentPlatforms, listedBy, isCut } = await findImages(store, signal);
	if (listedBy === null) return null;
	if (images.length === 0) throw noImage({ label: store.label, listedBy, absentPlatforms, isCut });
	const { chosen, notices } = selectImage({
		candidates: images,
		imageName,
		platform,
		host: hostPlatform(),
		where: store.label,
	});
	requireWhole(chosen, store.label);
	const { description, warnings } = describe(chosen, store);
	const others = await describeAll(
		images.filter((image) => image !== chosen),
		store,
		signal,
	);
	const absent = platformsAbsent(absentPlatforms);
	return {
		found: chosen,
		description,
		others,
		listedBy,
		warnings: [...warnings, ...sizeWarnings(chosen, store)],
		notices: absent === null ? notices : [...notices, absent],
	};
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
	const layers = found.layers.map(({ name, digest, mediaType }) => ({
		digest,
		mediaType,
		storedBytes: store.sizeOf(name) ?? 0,
	}));
	return describeImage({ ...found, layers });
}

/** A blob that is shorter than its descriptor says was cut; one that is longer is another blob. */
function sizeWarnings({ layers }: ListedImage, store: BlobStore): readonly Warning[] {
	return layers.flatMap(({ name, statedBytes }, layerIndex) => {
		const bytes = store.sizeOf(name);
		if (statedBytes === null || bytes === statedBytes) return [];
		const message = `The blob of the layer has ${bytes} bytes where its descriptor says ${statedBytes}.`;
		return [{ code: 'size-mismatch' as const, layerIndex, count: 1, example: null, message }];
	});
}

interface NoImage {
	readonly label: string;
	readonly listedBy: string;
	readonly absentPlatforms: readonly Platform[];
	readonly isCut: boolean;
}

function noImage({ label, listedBy, absentPlatforms, isCut }: NoImage): FathomError {
	const platforms = [...new Set(absentPlatforms.map(formatPlatform))].slice(0, MOST_NAMED).join(', ');
	const reason = isCut
		? 'lists too many documents, and no image among the first of them'
		: platforms === ''
			? 'lists no image that is present'
			: `lists images for ${platforms}, but none of them is present`;
	return new FathomError({
		code: 'not-an-image',
		message: `${label}: ${listedBy} ${reason}.`,
		hint: 'Save the image again, for example with: docker save NAME -o image.tar',
	});
}

export interface ImageParts {
	readonly reference: string;
	readonly sourceKind: SourceKind;
	readonly description: ImageDescription;
	readonly others: readonly ImageDescription[];
	readonly changesets: readonly Changeset[];
	readonly diffIdOf: (changeset: Changeset) => string | null;
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	readonly content: LayerContent | null;
	/** None by default. */
	readonly answers?: CacheAddress | null;
	readonly files: FileReader | null;
}

/** Puts a read image together: diff IDs checked, with the warnings of its layers. */
export function assembleImage({ diffIdOf, ...parts }: ImageParts): ReadImage {
	const diffIdMatches = matchDiffIds(parts.description, parts.changesets, diffIdOf);
	return {
		answers: null,
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
	'no-end-mark': 'The tar has no mark at its end: it may have been cut, and files may be missing.',
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
		layers: [{ digest: null, mediaType: null, storedBytes }],
	}).description;
}

export const snapshotNotice: Notice = {
	code: 'container-snapshot',
	message:
		'This is the file system of a container, not an image: it opens as one layer without history or config.',
};

/** For an archive that has neither the files of an image nor those of a container. The file that lists the others comes last, so a cut loses it first. */
export function noImageIn({ warnings }: Changeset, label: string): FathomError {
	const what = 'it has no manifest.json and no index.json';
	if (!warnings.some(({ code }) => code === 'no-end-mark')) return notAnImage(label, what);
	return new FathomError({
		code: 'truncated',
		message: `${label} is not a container image, or not all of one: ${what}, and no mark at its end.`,
		hint: 'If the file is incomplete, save or copy the image again.',
	});
}

/** For an archive that is neither an image nor a container's file system. */
export function notAnImage(label: string, what: string): FathomError {
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is not a container image: ${what}.`,
		hint: 'fathom reads what docker save, podman save, skopeo and buildx write, and OCI layout folders.',
	});
}
