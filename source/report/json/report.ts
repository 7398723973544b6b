import type { LayerFigures } from '../../analysis/figures.ts';
import { absentLayers } from '../../image/image.ts';
import { type ByteSink, ByteStream } from '../byte-stream.ts';
import { type ReportInput, type ReportOptions, reporterOf } from '../reporter.ts';
import { AttributeBytes } from './attribute-bytes.ts';
import { changeRowWriter, listedChanges } from './change-rows.ts';
import { digestAppender, digestsOfChanges } from './file-digests.ts';
import { JsonWriter } from './json-writer.ts';
import { PathBytes } from './path-bytes.ts';
import type { JsonReport } from './schema.ts';
import { wastedPathRowWriter } from './wasted-path-rows.ts';

/** The whole report as JSON: first the figures, then every wasted path, then the layers with every changed path. */
export const jsonReporter = reporterOf({ format: 'json', needs: ['dive'], write: writeJsonReport });

async function writeJsonReport(
	input: ReportInput<'dive'>,
	sink: ByteSink,
	{ version, digests: wantsDigests, signal, verdict }: ReportOptions,
): Promise<void> {
	const { tree, figures } = input;
	const stream = new ByteStream(sink);
	const json = new JsonWriter(stream);
	const paths = new PathBytes(tree);
	const attributes = new AttributeBytes();
	const digests = wantsDigests ? await digestsOfChanges(input, signal) : null;
	await json.object(null, async () => {
		json.values(describeImage(input, version, verdict));
		await json.array('wastedPaths', figures.wastedPaths, wastedPathRowWriter(paths));
		await json.array('layers', figures.layers, (layer) =>
			json.object(null, async () => {
				json.values(describeLayer(input, layer));
				const changes = listedChanges(tree, layer.index);
				const appendMore = digests && digestAppender(tree, digests[layer.index]);
				await json.array('changes', changes, changeRowWriter(tree, { paths, attributes }, appendMore));
			}),
		);
	});
	await stream.end();
}

/** Increased when something in the report changes its meaning or is removed. An addition does not change it. */
const SCHEMA_VERSION = 1;

/** The members of the report before its long lists, in order. */
function describeImage(
	{ image, figures, answers: { dive } }: ReportInput<'dive'>,
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
): Omit<JsonReport['layers'][number], 'changes'> {
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
