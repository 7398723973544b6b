import { fetchedLayer } from '../../../cache/fetched.ts';
import { diffIdKey } from '../../../cache/layer-cache.ts';
import { lookUpLayer, storeLayer } from '../../../cache/layer-facts.ts';
import type { FathomError } from '../../../errors.ts';
import { namedGroups } from '../../../facts/fact-groups.ts';
import { describeImage } from '../../../image/describe.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import { emptyChangeset } from '../../../tar/empty-changeset.ts';
import type { Notice } from '../../../warning.ts';
import { type ArchiveContents, layerIn } from '../../archive/archive-contents.ts';
import { answersByDiffId } from '../../contents/content-answers.ts';
import type { FileReader } from '../../file-source.ts';
import type { ReadImage } from '../../image-source.ts';
import { isOfOneLayer } from '../../layers/layer-watcher.ts';
import { knownDigests } from '../../layers/verified-layers.ts';
import { assembleImage } from '../../store/assemble-image.ts';
import { findImages } from '../../store/find-images.ts';
import type { EngineReading, ImageRecord, LayerNames } from '../engine-image.ts';
import { cachedRecord } from '../image-records.ts';
import { platformNotices } from '../platform-notices.ts';
import { type BegunWatch, beginWatch } from './begin-watch.ts';
import { exportFiles } from './export-files.ts';
import { type ExportedImage, pickExported, storeRecord } from './exported-image.ts';
import { layerNames, storeLayerNames } from './layer-names.ts';
import { scanExport } from './scan-export.ts';

/** Reads an image of an engine: from the cache where all of it is there, else from an export. Throws `FathomError`. */
export async function readEngineImage(reading: EngineReading): Promise<ReadImage> {
	const cached = readFromCache(reading);
	if (cached === null) return readExport(reading);
	// What could not be read before is there by now.
	const { watcher } = reading.options;
	for (const [layer, changeset] of cached.changesets.entries())
		if (watcher?.isLeftOut([layer])) await watcher.onRead([layer], changeset);
	return cached;
}

/** The image from the cache; null where a part of it is missing there. */
function readFromCache(reading: EngineReading): ReadImage | null {
	const { image, input } = reading;
	const { cache } = input;
	const record = reading.record ?? cachedRecord(image, cache);
	if (record === null || image.diffIds === null) return null;
	if (image.diffIds.join() !== record.config.diffIds.join()) return null;
	const changesets = new Map<string, Changeset>();
	for (const diffId of image.diffIds) {
		const changeset = changesets.get(diffId) ?? cachedLayer(reading, diffId);
		if (changeset === null) return null;
		changesets.set(diffId, changeset);
	}
	const layers = image.diffIds.map((diffId) => changesets.get(diffId) as Changeset);
	return assemble(reading, { record, changesets: layers, names: layerNames(image, record, cache) });
}

/** The layer in the cache; null where it is missing, or where its diff ID has to be checked and was not. */
function cachedLayer({ input, options }: EngineReading, diffId: string): Changeset | null {
	const groups = namedGroups(options.facts ?? []);
	const known = lookUpLayer(input.cache, fetchedLayer(diffIdKey(diffId)), groups);
	return options.verify && known?.diffId === null ? null : known;
}

async function readExport(reading: EngineReading): Promise<ReadImage> {
	const { image, input } = reading;
	const begun = await beginWatch(reading, (diffId) => cachedLayer(reading, diffId));
	let contents: ArchiveContents;
	try {
		contents = await scanExport(reading, begun?.watch);
	} catch (error) {
		return readPart(reading, begun, error);
	}
	const exported = await findExported(reading, contents);
	const { record } = exported;
	const read = readLayers(reading, contents, { exported, begun });
	const changesets = sharedByDiffId(record, read);
	storeLayers(reading, exported, changesets);
	storeRecord(exported, image, input.cache);
	const names = namesIn(contents, exported);
	storeLayerNames(image, names, input.cache);
	return assemble(reading, { record, changesets, names: names.map((name) => [name]) });
}

interface Exported {
	readonly exported: ExportedImage;
	readonly begun: BegunWatch | null;
}

/** Null for a layer that cannot be read and that somebody who watches can do without. */
function readLayers(
	{ image, input }: EngineReading,
	contents: ArchiveContents,
	{ exported: { found }, begun }: Exported,
): readonly (Changeset | null)[] {
	// Layers have the places that were told of.
	const watcher = found.layers.length === image.diffIds?.length ? begun?.watch.watcher : undefined;
	return found.layers.map((layer, index) => {
		try {
			return layerIn(contents, layer, { label: input.name, index });
		} catch (error) {
			if (!watcher?.isForgiving || !isOfOneLayer(error)) throw error;
			watcher.onFailed([index], error);
			return null;
		}
	});
}

/**
 * What came of an image before its export broke off, with the config and the history that the engine told. Throws `error` where that is
 * nothing, or nobody is content with a part.
 */
function readPart(reading: EngineReading, begun: BegunWatch | null, error: unknown): ReadImage {
	const { image, input } = reading;
	if (begun === null || !isOfOneLayer(error)) throw error;
	const { watch, told } = begun;
	if (!watch.watcher.isForgiving || watch.read.size === 0) throw error;
	const changesets = told.layers.map((_, layer) => watch.read.get(layer) ?? null);
	const missing = [...changesets.keys()].filter((layer) => changesets[layer] === null);
	watch.watcher.onFailed(missing, error);
	const said = { configDigest: null, manifestDigest: null, annotations: {}, ...reading.record };
	const layers = told.layers.map((layer, index) => {
		const bytes = changesets[index]?.unpackedBytes;
		return bytes === undefined || layer.digest !== null ? layer : { ...layer, storedBytes: bytes };
	});
	const known = layerNames(image, told, input.cache);
	return assemble(reading, {
		record: { ...said, config: told.config, layers },
		changesets,
		names: known.map((names, layer) => [...names, ...namesOf(watch, layer)]),
		notices: [{ code: 'export-incomplete', message: incompleteText(error) }],
	});
}

function namesOf({ names }: BegunWatch['watch'], layer: number): LayerNames {
	const name = names.get(layer);
	return name === undefined ? [] : [name];
}

function incompleteText({ message }: FathomError): string {
	return `${message} Config and history are those that the engine told before.`;
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
function sharedByDiffId(
	{ config }: ImageRecord,
	changesets: readonly (Changeset | null)[],
): readonly (Changeset | null)[] {
	const shared = new Map<string, Changeset>();
	return changesets.map((changeset, index) => {
		const diffId = config.diffIds[index];
		if (!diffId || changeset === null) return changeset;
		const first = shared.get(diffId) ?? changeset;
		shared.set(diffId, first);
		return first;
	});
}

/** Stores the layers under the diff IDs that the engine named, except where it named none or the content has another. */
function storeLayers(
	{ image, input, options }: EngineReading,
	{ record }: ExportedImage,
	changesets: readonly (Changeset | null)[],
): void {
	const groups = namedGroups(options.facts ?? []);
	for (const [index, changeset] of changesets.entries()) {
		if (changeset === null || changesets.indexOf(changeset) !== index) continue;
		const diffId = record.config.diffIds[index];
		if (!diffId || (changeset.diffId ?? image.diffIds?.[index]) !== diffId) continue;
		storeLayer(input.cache, fetchedLayer(diffIdKey(diffId)), { changeset, groups });
	}
}

interface Parts {
	readonly record: ImageRecord;
	/** Null for a layer that was not read. */
	readonly changesets: readonly (Changeset | null)[];
	readonly names: readonly LayerNames[];
	/** None by default. */
	readonly notices?: readonly Notice[];
}

function assemble(
	reading: EngineReading,
	{ record, changesets: read, names, notices = [] }: Parts,
): ReadImage {
	const { image, input, options, sourceKind } = reading;
	const { config, configDigest, manifestDigest, annotations } = record;
	const isWhole = notices.length === 0 && !read.includes(null);
	const empty = emptyChangeset();
	const changesets = read.map((changeset) => changeset ?? empty);
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
		notices: [...notices, ...platformNotices(description, input)],
		content: null,
		// What is worked out without some layers goes for the others alone.
		answers: isWhole ? answersByDiffId(config.diffIds, changesets) : null,
		files: filesOf(reading, names),
	});
}
