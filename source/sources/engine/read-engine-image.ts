import { diffIdKey } from '../../cache/layer-cache.ts';
import { describeImage } from '../../image/describe.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { type ArchiveContents, layersIn } from '../archive/archive-contents.ts';
import { answersByDiffId } from '../contents/content-answers.ts';
import type { FileReader, OpenOptions, ReadImage } from '../image-source.ts';
import { knownDigests } from '../layers/verified-layers.ts';
import { assembleImage } from '../store/assemble-image.ts';
import { findImages } from '../store/find-images.ts';
import type { EngineReading, ImageRecord, LayerNames } from './engine-image.ts';
import { exportFiles } from './export/export-files.ts';
import { type ExportedImage, keepRecord, pickExported } from './export/exported-image.ts';
import { keepLayerNames, layerNames } from './export/layer-names.ts';
import { takeExport } from './export/take-export.ts';
import { rememberedRecord } from './image-records.ts';

/** Reads an image of an engine: out of the cache where all of it is known, else as the engine exports it. Throws `FathomError`. */
export async function readEngineImage(reading: EngineReading): Promise<ReadImage> {
	return recallImage(reading) ?? (await readExport(reading));
}

/** The image without an export; null where something of it is not in the cache. */
function recallImage(reading: EngineReading): ReadImage | null {
	const { image, input, options } = reading;
	const { cache } = input;
	const record = reading.record ?? rememberedRecord(image, cache);
	if (record === null || image.diffIds === null) return null;
	if (image.diffIds.join() !== record.config.diffIds.join()) return null;
	const changesets = new Map<string, Changeset>();
	for (const diffId of image.diffIds) {
		const changeset = changesets.get(diffId) ?? cache.layer(diffIdKey(diffId));
		if (changeset === null || (options.verify && changeset.diffId === null)) return null;
		changesets.set(diffId, changeset);
	}
	const layers = image.diffIds.map((diffId) => changesets.get(diffId) as Changeset);
	return assemble(reading, { record, changesets: layers, names: layerNames(image, record, cache) });
}

async function readExport(reading: EngineReading): Promise<ReadImage> {
	const { image, input } = reading;
	const passed = await takeExport(reading);
	const exported = await findExported(reading, passed);
	const { record, found } = exported;
	const read = layersIn(passed, found.layers, input.name);
	const changesets = sharedByDiffId(record, read);
	keepLayers(reading, exported, changesets);
	keepRecord(exported, image, input.cache);
	const names = namesIn(passed, exported);
	keepLayerNames(image, names, input.cache);
	return assemble(reading, { record, changesets, names: names.map((name) => [name]) });
}

async function findExported(reading: EngineReading, passed: ArchiveContents): Promise<ExportedImage> {
	const { images } = await findImages(passed.store, reading.options.signal);
	return pickExported(images, reading, passed);
}

/** The files of the layers, behind the links to them. */
function namesIn({ index }: ArchiveContents, { found }: ExportedImage): readonly string[] {
	return found.layers.map(({ name }) => index.find(name)?.name ?? name);
}

function filesOf(reading: EngineReading, names: readonly LayerNames[]): FileReader {
	const { engine, image, input, options, imageExport } = reading;
	const learnNames = async (signal: AbortSignal | undefined): Promise<readonly LayerNames[]> => {
		const silent: OpenOptions = {
			...(options.platform && { platform: options.platform }),
			...(signal && { signal }),
		};
		const again = { ...reading, options: silent };
		const passed = await takeExport(again);
		const learned = namesIn(passed, await findExported(again, passed));
		keepLayerNames(image, learned, input.cache);
		return learned.map((name) => [name]);
	};
	return exportFiles({ engine, name: input.name, names, open: imageExport.open, learnNames });
}

/** One layer twice in an image is one changeset. */
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

/** Layers are kept under the diff IDs that the engine gave out, unless what was read has another or the engine gave out none. */
function keepLayers(
	{ image, input }: EngineReading,
	{ record }: ExportedImage,
	changesets: readonly Changeset[],
): void {
	for (const [index, changeset] of changesets.entries()) {
		if (changesets.indexOf(changeset) !== index) continue;
		const diffId = record.config.diffIds[index];
		if (!diffId || (changeset.diffId ?? image.diffIds?.[index]) !== diffId) continue;
		input.cache.keepLayer([diffIdKey(diffId)], changeset);
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
		notices: [],
		content: null,
		answers: answersByDiffId(config.diffIds, changesets),
		files: filesOf(reading, names),
	});
}
