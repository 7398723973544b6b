import type { LayerFigures } from '../../analysis/figures.ts';
import type { LayerFiles } from '../../filetree/file-tree.ts';
import { absentLayers } from '../../image/image.ts';
import type { ByteBuffer } from '../byte-buffer.ts';
import { type ByteSink, ByteStream } from '../byte-stream.ts';
import { type ReportInput, type ReportOptions, reporterOf } from '../reporter.ts';
import { AttributeBytes } from './attribute-bytes.ts';
import { changeRowWriter, listedChanges, type RowBytes, unlistedChanges } from './change-rows.ts';
import { digestAppender, leavesFile, listedFiles } from './file-digests.ts';
import { JsonWriter } from './json-writer.ts';
import { LinkedContent } from './linked-content.ts';
import { PathBytes } from './path-bytes.ts';
import type { JsonReport } from './schema.ts';
import { type PlacedEntries, supersededEntries, supersededRowWriter } from './superseded-rows.ts';
import { wastedPathRowWriter } from './wasted-path-rows.ts';

/** The whole report as JSON: first the figures, then every wasted path, then the layers with every changed path. */
export const jsonReporter = reporterOf({
	format: 'json',
	needs: ['dive', 'entryNodes'],
	write: writeJsonReport,
});

async function writeJsonReport(
	input: ReportInput<Needs>,
	sink: ByteSink,
	{ version, digests: wantsDigests, signal, verdict }: ReportOptions,
): Promise<void> {
	const { tree, figures, contents, answers } = input;
	const placed = { tree, entryNodes: answers.entryNodes };
	const superseded: Uint32Array[] = [];
	for (let layerIndex = 0; layerIndex < tree.layerCount; layerIndex++) {
		superseded.push(supersededEntries(placed, layerIndex));
		// A pass over all entries of the image at once would take too long.
		await new Promise((resolve) => setImmediate(resolve));
	}
	const stream = new ByteStream(sink);
	const json = new JsonWriter(stream);
	const paths = new PathBytes(tree);
	const linked = new LinkedContent(placed, superseded);
	const lists = { ...placed, superseded, rows: { paths, attributes: new AttributeBytes(), linked } };
	const digests = wantsDigests ? await contents.digests(filesOf(lists), signal) : null;
	await json.object(null, async () => {
		json.values(describeImage(input, version, verdict));
		await json.array('wastedPaths', figures.wastedPaths, wastedPathRowWriter(paths));
		await json.array('layers', figures.layers, (layer) =>
			json.object(null, async () => {
				json.values(describeLayer(input, layer));
				await writeLists(json, lists, { layerIndex: layer.index, digests });
			}),
		);
	});
	await stream.end();
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

type Needs = 'dive' | 'entryNodes';

/** Increased when something in the report changes its meaning or is removed. An addition does not change it. */
const SCHEMA_VERSION = 1;

/** The members of the report before its long lists, in order. */
function describeImage(
	{ image, figures, answers: { dive } }: ReportInput<Needs>,
	version: string,
	verdict: ReportOptions['verdict'],
): Omit<JsonReport, 'wastedPaths' | 'layers'> {
	const { storedBytes, unpackedBytes, totalBytes, liveBytes, wastedBytes, efficiency } = figures;
	return {
		schemaVersion: SCHEMA_VERSION,
		generator: { name: 'fathom', version },
		image: identify(image),
		withoutLayers: absentLayers(image.description),
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
		...(verdict !== undefined && { verdict }),
		warnings: image.warnings,
		notices: image.notices,
	};
}

/** The members of a layer before its change set, in order. */
function describeLayer(
	{ image }: ReportInput,
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

function identify({
	reference,
	sourceKind,
	foundIn,
	description,
}: ReportInput['image']): JsonReport['image'] {
	const { names, platform, manifestDigest, configDigest, created, author } = description;
	const { annotations, config, history } = description;
	return {
		reference,
		source: sourceKind,
		foundIn,
		names,
		platform,
		manifestDigest,
		configDigest,
		created,
		author,
		annotations,
		config,
		history,
	};
}
