import { fetchedDocument } from '../../../cache/fetched.ts';
import type { LayerCache } from '../../../cache/layer-cache.ts';
import { FathomError } from '../../../errors.ts';
import { blobPath } from '../../../image/digest.ts';
import { requireReadableLayers } from '../../../image/layer-type.ts';
import { platformMatches } from '../../../image/platform.ts';
import type { ArchiveContents } from '../../archive/archive-contents.ts';
import { isAbsentLayer, type ListedImage, requireWhole } from '../../store/listed-image.ts';
import type { EngineReading, ImageRecord, InspectedImage } from '../engine-image.ts';
import {
	type Documents,
	hasDigest,
	recordOfConfig,
	recordOfManifest,
	storeManifestDigest,
} from '../image-records.ts';

/** The image that was asked for, as it is in an export. */
export interface ExportedImage {
	readonly found: ListedImage;
	readonly record: ImageRecord;
	/** The documents of the record whose digests are right, by digest. */
	readonly documents: ReadonlyMap<string, Uint8Array>;
}

/** Finds in an export the image that the engine described before. Throws `corrupt` when the export does not contain it. */
export function pickExported(
	images: readonly ListedImage[],
	reading: EngineReading,
	contents: ArchiveContents,
): ExportedImage {
	const found = pick(images, reading);
	requireReadableLayers(found.layers, reading.input.name);
	requireWhole(found, reading.input.name);
	requirePresent(found, reading, contents);
	const documents = new Map<string, Uint8Array>();
	const read: Documents = (digest) => {
		const bytes = documentOf(contents, digest);
		if (bytes !== null) documents.set(digest, bytes);
		return bytes;
	};
	return { found, record: reading.record ?? recordOf(found, reading.image, read), documents };
}

/** An engine unpacks what it runs, so that it has even what is not distributed. */
function requirePresent(
	{ layers }: ListedImage,
	{ input, engine }: EngineReading,
	contents: ArchiveContents,
): void {
	const absent = layers.findIndex((layer) => isAbsentLayer(layer, contents.store));
	if (absent === -1) return;
	throw new FathomError({
		code: 'missing',
		message: `${engine}: layer ${absent + 1} of ${input.name} is kept elsewhere by design, and is not in the export.`,
		hint: 'Open the image from its registry: registry:NAME.',
	});
}

function pick(images: readonly ListedImage[], { image, input, engine }: EngineReading): ListedImage {
	const { diffIds, id } = image;
	const sameLayers = images.filter(
		({ config }) => diffIds === null || config.diffIds.join() === diffIds.join(),
	);
	const samePlatform = sameLayers.filter(
		({ platform }) => !input.platform || (platform && platformMatches(input.platform, platform)),
	);
	const sameId = samePlatform.find(
		({ configDigest, manifestDigest }) => configDigest === id || manifestDigest === id,
	);
	const found = sameId ?? samePlatform[0] ?? sameLayers[0];
	if (found) return found;
	throw new FathomError({
		code: 'corrupt',
		message: `${engine}: the export of ${input.name} does not contain the image that the engine described.`,
		hint: 'The name may belong to another image by now: try again.',
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

/** Stores what describes the image without another export. */
export function storeRecord(
	{ record, documents }: ExportedImage,
	image: InspectedImage,
	cache: LayerCache,
): void {
	for (const [digest, bytes] of documents) cache.store(fetchedDocument(digest), bytes);
	if (record.manifestDigest !== null && documents.has(record.manifestDigest))
		storeManifestDigest(image, record.manifestDigest, cache);
}

/** Docker Engine before version 25, and Podman, name the file of a config by its digest alone. */
function documentOf({ files, index }: ArchiveContents, digest: string): Uint8Array | null {
	for (const name of [blobPath(digest), `${digest.replace(/^\w+:/, '')}.json`]) {
		const found = index.find(name);
		const file = found && files.get(found.name);
		if (file?.type === 'document' && hasDigest(file.bytes, digest)) return file.bytes;
	}
	return null;
}
