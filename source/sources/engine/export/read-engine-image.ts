import { fetchedLayer } from '../../../cache/fetched.ts';
import { diffIdKey } from '../../../cache/layer-cache.ts';
import { lookUpLayer, storeLayer } from '../../../cache/layer-facts.ts';
import { namedGroups } from '../../../facts/fact-groups.ts';
import { describeImage } from '../../../image/describe.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import { type ArchiveContents, layersIn } from '../../archive/archive-contents.ts';
import { answersByDiffId } from '../../contents/content-answers.ts';
import type { FileReader } from '../../file-source.ts';
import type { ReadImage } from '../../image-source.ts';
import { knownDigests } from '../../layers/verified-layers.ts';
import { assembleImage } from '../../store/assemble-image.ts';
import { findImages } from '../../store/find-images.ts';
import type { EngineReading, ImageRecord, LayerNames } from '../engine-image.ts';
import { cachedRecord } from '../image-records.ts';
import { platformNotices } from '../platform-notices.ts';
import { exportFiles } from './export-files.ts';
import { type ExportedImage, pickExported, storeRecord } from './exported-image.ts';
import { layerNames, storeLayerNames } from './layer-names.ts';
import { scanExport } from './scan-export.ts';

/** Reads an image of an engine: from the cache where all of it is there, else from an export. Throws `FathomError`. */
export async function readEngineImage(reading: EngineReading): Promise<ReadImage> {
	return readFromCache(reading) ?? (await readExport(reading));
}

/** The image from the cache; null where a part of it is missing there. */
function readFromCache(reading: EngineReading): ReadImage | null {
	const { image, input, options } = reading;
	const { cache } = input;
	const record = reading.record ?? cachedRecord(image, cache);
	if (record === null || image.diffIds === null) return null;
	if (image.diffIds.join() !== record.config.diffIds.join()) return null;
	const groups = namedGroups(options.facts ?? []);
	const changesets = new Map<string, Changeset>();
	for (const diffId of image.diffIds) {
		const changeset = changesets.get(diffId) ?? lookUpLayer(cache, fetchedLayer(diffIdKey(diffId)), groups);
		if (changeset === null || (options.verify && changeset.diffId === null)) return null;
		changesets.set(diffId, changeset);
	}
	const layers = image.diffIds.map((diffId) => changesets.get(diffId) as Changeset);
	return assemble(reading, { record, changesets: layers, names: layerNames(image, record, cache) });
}

async function readExport(reading: EngineReading): Promise<ReadImage> {
	const { image, input } = reading;
	const contents = await scanExport(reading);
	const exported = await findExported(reading, contents);
	const { record, found } = exported;
	const read = layersIn(contents, found.layers, input.name);
	const changesets = sharedByDiffId(record, read);
	storeLayers(reading, exported, changesets);
	storeRecord(exported, image, input.cache);
	const names = namesIn(contents, exported);
	storeLayerNames(image, names, input.cache);
	return assemble(reading, { record, changesets, names: names.map((name) => [name]) });
}

async function findExported(reading: EngineReading, contents: ArchiveContents): Promise<ExportedImage> {
	const { images } = await findImages(contents.store, reading.options.signal);
	return pickExported(images, reading, contents);
}

/** The names of the layers' files, with links resolved. */
function namesIn({ index }: ArchiveContents, { found }: ExportedImage): readonly string[] {
	return found.layers.map(({ name }) => index.find(name)?.name ?? name);
}

function filesOf(reading: EngineReading, names: readonly LayerNames[]): FileReader {
	const { engine, image, input, imageExport } = reading;
	const learnNames = async (signal: AbortSignal | undefined): Promise<readonly LayerNames[]> => {
		const again = { ...reading, options: signal ? { signal } : {} };
		const contents = await scanExport(again);
		const learned = namesIn(contents, await findExported(again, contents));
		storeLayerNames(image, learned, input.cache);
		return learned.map((name) => [name]);
	};
	return exportFiles({ engine, name: input.name, names, open: imageExport.open, learnNames });
}

/** A layer that an image has twice shares one changeset. */
function sharedByDiffId({ config }: ImageRecord, changesets: readonly Changeset[]): readonly Changeset[] {
	const shared = new Map<string, Changeset>();
	return changesets.map((changeset, index) => {
		const diffId = config.diffIds[index];
		if (!diffId) return changeset;
		const first = shared.get(diffId) ?? changeset;
		shared.set(diffId, first);
		return first;
	});
}

/** Stores the layers under the diff IDs that the engine named, except where it named none or the content has another. */
function storeLayers(
	{ image, input, options }: EngineReading,
	{ record }: ExportedImage,
	changesets: readonly Changeset[],
): void {
	const groups = namedGroups(options.facts ?? []);
	for (const [index, changeset] of changesets.entries()) {
		if (changesets.indexOf(changeset) !== index) continue;
		const diffId = record.config.diffIds[index];
		if (!diffId || (changeset.diffId ?? image.diffIds?.[index]) !== diffId) continue;
		storeLayer(input.cache, fetchedLayer(diffIdKey(diffId)), { changeset, groups });
	}
}

interface Parts {
	readonly record: ImageRecord;
	readonly changesets: readonly Changeset[];
	readonly names: readonly LayerNames[];
}

function assemble(reading: EngineReading, { record, changesets, names }: Parts): ReadImage {
	const { image, input, options, sourceKind } = reading;
	const { config, configDigest, manifestDigest, annotations } = record;
	const unpacked = changesets.map(({ unpackedBytes }) => ({
		digest: null,
		mediaType: null,
		storedBytes: unpackedBytes,
	}));
	const layers = record.layers?.length === changesets.length ? record.layers : unpacked;
	const { description, warnings } = describeImage({
		names: image.names,
		manifestDigest,
		configDigest,
		platform: config.platform ?? image.platform,
		annotations,
		config,
		layers,
	});
	return assembleImage({
		reference: input.reference,
		sourceKind,
		description,
		others: [],
		changesets,
		diffIdOf: knownDigests(changesets, options),
		warnings,
		notices: platformNotices(description, input),
		content: null,
		answers: answersByDiffId(config.diffIds, changesets),
		files: filesOf(reading, names),
	});
}
