import type { LayerFigures } from '../../analysis/figures.ts';
import type { LayerFiles } from '../../filetree/file-tree.ts';
import { absentLayers } from '../../image/image.ts';
import type { ByteBuffer } from '../byte-buffer.ts';
import { type ByteSink, ByteStream } from '../byte-stream.ts';
import type { Reportable, Reporter, ReportOptions } from '../reporter.ts';
import { plainSections } from '../sections.ts';
import { AttributeBytes } from './attribute-bytes.ts';
import { changeRowWriter, listedChanges, type RowBytes, unlistedChanges } from './change-rows.ts';
import { contentOf } from './contents/content.ts';
import { digestAppender, leavesFile, listedFiles } from './file-digests.ts';
import { JsonWriter } from './json-writer.ts';
import { LinkedContent } from './linked-content.ts';
import { PathBytes } from './path-bytes.ts';
import type { JsonReport } from './schema.ts';
import { type PlacedEntries, supersededEntries, supersededRowWriter } from './superseded-rows.ts';
import { wastedPathRowWriter } from './wasted-path-rows.ts';

/** The report as JSON: first the figures, then every wasted path, the layers with every changed path, and what the contents of files say. */
export const jsonReporter: Reporter<'json'> = {
	format: 'json',
	needs: (sections) => [
		...(sections.has('figures') ? (['dive'] as const) : []),
		...(sections.has('changes') ? (['entryNodes'] as const) : []),
	],
	write: writeJsonReport,
};

async function writeJsonReport(
	reportable: Reportable,
	sink: ByteSink,
	options: ReportOptions,
): Promise<void> {
	const { image, figures } = reportable;
	const { version, sections = plainSections, signal, verdict } = options;
	const changes = sections.has('changes') ? await prepareLists(reportable, options) : null;
	// Worked out first, so that nothing is half written where contents cannot be read.
	const content = await contentOf(reportable, options);
	const stream = new ByteStream(sink);
	const json = new JsonWriter(stream);
	await json.object(null, async () => {
		json.values(describeImage(reportable, version));
		if (sections.has('figures')) json.values(await describeFigures(reportable, signal));
		json.values({
			...(verdict !== undefined && { verdict }),
			warnings: [...image.warnings, ...content.warnings],
			notices: image.notices,
		});
		if (changes !== null)
			await json.array('wastedPaths', figures.wastedPaths, wastedPathRowWriter(changes.lists.rows.paths));
		if (sections.has('figures') || changes !== null)
			await json.array('layers', figures.layers, (layer) =>
				json.object(null, async () => {
					json.values(describeLayer(reportable, layer));
					if (changes !== null)
						await writeLists(json, changes.lists, { layerIndex: layer.index, digests: changes.digests });
				}),
			);
		for (const write of content.writers) await write(json);
	});
	await stream.end();
}

/** What the lists of changed paths are written from. */
interface PreparedLists {
	readonly lists: Lists;
	/** Of the files of each layer; null without digests. */
	readonly digests: readonly Uint8Array[] | null;
}

async function prepareLists(
	reportable: Reportable,
	{ digests: wantsDigests, signal }: ReportOptions,
): Promise<PreparedLists> {
	const { tree, contents } = reportable;
	const { entryNodes } = await reportable.ask(['entryNodes'], signal);
	const placed = { tree, entryNodes };
	const superseded: Uint32Array[] = [];
	for (let layerIndex = 0; layerIndex < tree.layerCount; layerIndex++) {
		superseded.push(supersededEntries(placed, layerIndex));
		// A pass over all entries of the image at once would take too long.
		await new Promise((resolve) => setImmediate(resolve));
	}
	const paths = new PathBytes(tree);
	const linked = new LinkedContent(placed, superseded);
	const lists = { ...placed, superseded, rows: { paths, attributes: new AttributeBytes(), linked } };
	return { lists, digests: wantsDigests ? await contents.digests(filesOf(lists), signal) : null };
}

/** What the lists of all layers are written from. */
interface Lists extends PlacedEntries {
	/** Of each layer. */
	readonly superseded: readonly Uint32Array[];
	readonly rows: RowBytes;
}

/** The regular files that the lists of each layer have, in their order. */
function filesOf({ tree, superseded }: Lists): readonly LayerFiles[] {
	return superseded.map((entries, layerIndex) => listedFiles(tree, layerIndex, entries));
}

interface WrittenLayer {
	readonly layerIndex: number;
	/** Of the files of each layer; null without digests. */
	readonly digests: readonly Uint8Array[] | null;
}

async function writeLists(
	json: JsonWriter,
	{ tree, entryNodes, superseded, rows }: Lists,
	{ layerIndex, digests }: WrittenLayer,
): Promise<void> {
	const appendDigest = digests && digestAppender(digests[layerIndex]);
	const appendMore =
		appendDigest &&
		((change: number, buffer: ByteBuffer) => {
			if (leavesFile(tree, change)) appendDigest(buffer);
		});
	await json.array('changes', listedChanges(tree, layerIndex), changeRowWriter(tree, rows, appendMore));
	const unlisted = unlistedChanges(tree, layerIndex);
	await json.array('unchangedDirectories', unlisted, changeRowWriter(tree, rows, null));
	const { paths } = rows;
	const writeRow = supersededRowWriter({ tree, entryNodes, paths, layerIndex, appendDigest });
	await json.array('superseded', superseded[layerIndex], writeRow);
}

/** Increased when something in the report changes its meaning or is removed. An addition does not change it. */
const SCHEMA_VERSION = 1;

type Image = Pick<Reportable, 'image' | 'figures'>;

/** What the image says of itself. */
function describeImage(
	{ image }: Image,
	version: string,
): Pick<JsonReport, 'schemaVersion' | 'generator' | 'image' | 'withoutLayers'> {
	return {
		schemaVersion: SCHEMA_VERSION,
		generator: { name: 'fathom', version },
		image: identify(image),
		withoutLayers: absentLayers(image.description),
	};
}

async function describeFigures(
	reportable: Reportable,
	signal: AbortSignal | undefined,
): Promise<FigureMembers> {
	const { figures } = reportable;
	const { dive } = await reportable.ask(['dive'], signal);
	const { storedBytes, unpackedBytes, totalBytes, liveBytes, wastedBytes, efficiency } = figures;
	return {
		totals: { storedBytes, unpackedBytes, totalBytes, liveBytes, wastedBytes },
		efficiency,
		base: figures.base,
		baseLayers: figures.baseLayers,
		addedLayers: figures.addedLayers,
		waste: {
			byCause: figures.wasteByCause,
			byCulprit: figures.layers
				.filter((layer) => layer.wastedBytes > 0)
				.map((layer) => ({ layerIndex: layer.index, wastedBytes: layer.wastedBytes })),
		},
		finalFileSystem: figures.finalFileSystem,
		dive,
	};
}

type FigureMembers = Pick<
	JsonReport,
	'totals' | 'efficiency' | 'base' | 'baseLayers' | 'addedLayers' | 'waste' | 'finalFileSystem' | 'dive'
>;

/** The members of a layer before its change set, in order. */
function describeLayer(
	{ image }: Image,
	{ index, changes, ...figures }: LayerFigures,
): Omit<JsonReport['layers'][number], 'changes' | 'unchangedDirectories' | 'superseded'> {
	const { digest, diffId, mediaType, absent, createdBy, instruction, created, comment } =
		image.description.layers[index];
	const diffIdMatches = image.diffIdMatches[index];
	return {
		index,
		digest,
		diffId,
		diffIdMatches,
		mediaType,
		absent,
		createdBy,
		instruction,
		created,
		comment,
		...figures,
		changeCounts: changes,
	};
}

function identify({ reference, sourceKind, foundIn, description }: Reportable['image']): JsonReport['image'] {
	const { names, platform, osVersion, osFeatures, manifestDigest, configDigest, created, author } =
		description;
	const { annotations, config, history } = description;
	return {
		reference,
		source: sourceKind,
		foundIn,
		names,
		platform,
		osVersion,
		osFeatures,
		manifestDigest,
		configDigest,
		created,
		author,
		annotations,
		config,
		history,
	};
}
