import type { LayerFigures } from '../../analysis/analysis.ts';
import type { ReportInput } from '../reporter.ts';
import type { JsonReport } from './schema.ts';

/** Grows when the meaning of something in the report changes or something is taken away; additions leave it. */
export const SCHEMA_VERSION = 1;

/** Everything in the report but its long lists, in the order in which it is written. */
export function describeImage(
	{ image, analysis }: ReportInput,
	version: string,
): Omit<JsonReport, 'wastedPaths' | 'layers'> {
	const { storedBytes, unpackedBytes, totalBytes, liveBytes, wastedBytes, efficiency, dive } = analysis;
	return {
		schemaVersion: SCHEMA_VERSION,
		generator: { name: 'fathom', version },
		image: identify(image),
		totals: { storedBytes, unpackedBytes, totalBytes, liveBytes, wastedBytes },
		efficiency,
		base: analysis.base,
		addedLayers: analysis.addedLayers,
		waste: {
			byCause: analysis.wasteByCause,
			byCulprit: analysis.layers
				.filter((layer) => layer.wastedBytes > 0)
				.map((layer) => ({ layerIndex: layer.index, wastedBytes: layer.wastedBytes })),
		},
		finalFileSystem: analysis.finalFileSystem,
		dive,
		warnings: image.warnings,
		notices: image.notices,
	};
}

/** Everything that the report says of one layer but its change set. */
export function describeLayer(
	{ image }: ReportInput,
	{ index, changes, ...figures }: LayerFigures,
): Omit<JsonReport['layers'][number], 'changes'> {
	const { digest, diffId, mediaType, createdBy, created, comment } = image.description.layers[index];
	const diffIdMatches = image.diffIdMatches[index];
	return {
		index,
		digest,
		diffId,
		diffIdMatches,
		mediaType,
		createdBy,
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
