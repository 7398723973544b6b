import type { LayerCache } from '../../../cache/layer-cache.ts';
import { FathomError } from '../../../errors.ts';
import { blobPath } from '../../../image/digest.ts';
import { platformMatches } from '../../../image/platform.ts';
import type { ArchiveContents } from '../../archive/archive-contents.ts';
import type { ListedImage } from '../../store/listed-image.ts';
import { requireWhole } from '../../store/listed-image.ts';
import type { EngineReading, ImageRecord, InspectedImage } from '../engine-image.ts';
import {
	type Documents,
	hasDigest,
	recordOfConfig,
	recordOfManifest,
	rememberManifest,
} from '../image-records.ts';

/** The image that was asked for, as an export has it. */
export interface ExportedImage {
	readonly found: ListedImage;
	readonly record: ImageRecord;
	/** The documents of the record, where their digests are right. */
	readonly documents: ReadonlyMap<string, Uint8Array>;
}

/** Finds in an export the image that the engine described before. Throws `corrupt` when it is not among those that came. */
export function pickExported(
	images: readonly ListedImage[],
	reading: EngineReading,
	passed: ArchiveContents,
): ExportedImage {
	const found = pick(images, reading);
	requireWhole(found, reading.input.name);
	const documents = new Map<string, Uint8Array>();
	const read: Documents = (digest) => {
		const bytes = documentOf(passed, digest);
		if (bytes !== null) documents.set(digest, bytes);
		return bytes;
	};
	return { found, record: reading.record ?? recordOf(found, reading.image, read), documents };
}

function pick(images: readonly ListedImage[], { image, input, engine, options }: EngineReading): ListedImage {
	const { diffIds, id } = image;
	const described = images.filter(
		({ config }) => diffIds === null || config.diffIds.join() === diffIds.join(),
	);
	const fitting = described.filter(
		({ platform }) => !options.platform || (platform && platformMatches(options.platform, platform)),
	);
	const called = fitting.find(
		({ configDigest, manifestDigest }) => configDigest === id || manifestDigest === id,
	);
	const found = called ?? fitting[0] ?? described[0];
	if (found) return found;
	throw new FathomError({
		code: 'corrupt',
		message: `${engine}: the export of ${input.name} does not hold the image that the engine described.`,
		hint: 'The name may have got another image in the meantime: try again.',
	});
}

function recordOf(found: ListedImage, { id }: InspectedImage, documents: Documents): ImageRecord {
	const { configDigest, manifestDigest, annotations, config } = found;
	const record =
		configDigest === id || manifestDigest === null
			? configDigest && recordOfConfig(configDigest, documents)
			: recordOfManifest(manifestDigest, documents);
	return record || { config, configDigest, manifestDigest, annotations, layers: null };
}

/** Keeps what is needed to tell all about the image without another export. */
export function keepRecord(
	{ record, documents }: ExportedImage,
	image: InspectedImage,
	cache: LayerCache,
): void {
	for (const [digest, bytes] of documents) cache.keepDocument(digest, bytes);
	if (record.manifestDigest !== null && documents.has(record.manifestDigest))
		rememberManifest(image, record.manifestDigest, cache);
}

/** Docker Engines before 25, and Podman, name a config by its digest alone. */
function documentOf({ files, index }: ArchiveContents, digest: string): Uint8Array | null {
	for (const name of [blobPath(digest), `${digest.replace(/^\w+:/, '')}.json`]) {
		const found = index.find(name);
		const file = found && files.get(found.name);
		if (file?.type === 'document' && hasDigest(file.bytes, digest)) return file.bytes;
	}
	return null;
}
