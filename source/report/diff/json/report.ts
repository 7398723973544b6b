import type { AlignedLayer } from '../../../diff/align-layers.ts';
import { type DifferencePart, differingParts } from '../../../diff/differing-parts.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import { type StrictLayer, unseenCounts } from '../../../diff/strict-difference.ts';
import { absentLayers, type LayerDescription } from '../../../image/image.ts';
import type { Warning } from '../../../warning.ts';
import { type ByteSink, ByteStream } from '../../byte-stream.ts';
import { JsonWriter } from '../../json/json-writer.ts';
import type {
	ComparedReportable,
	DifferenceInput,
	DifferenceOptions,
	DifferenceReporter,
} from '../compared.ts';
import { figureDeltas } from '../figure-deltas.ts';
import { fileRowWriter } from './file-rows.ts';
import { describeFindingChange } from './finding-rows.ts';
import { writePackages } from './package-rows.ts';
import type { JsonDifference } from './schema.ts';

/** Everything that differs between two images, as JSON: first the figures, then layers and config, then a row for each path. */
export const jsonDifferenceReporter: DifferenceReporter<'json'> = {
	format: 'json',
	greatestCount: () => 0,
	write,
};

/** Increased when something in the report changes its meaning or is removed. An addition does not change it. */
const SCHEMA_VERSION = 1;

async function write(
	input: DifferenceInput,
	sink: ByteSink,
	{ version, parts, selection }: DifferenceOptions,
): Promise<void> {
	const { images, difference, findings } = input;
	const stream = new ByteStream(sink);
	const json = new JsonWriter(stream);
	await json.object(null, async () => {
		json.values(describeImages(input, version));
		json.value('differs', differsOf(input, parts));
		json.value('selection', selection);
		json.value('unknown', { old: [...difference.unknown[0]], new: [...difference.unknown[1]] });
		if (parts.has('figures')) json.values(figuresOf(images));
		if (parts.has('figures') && findings !== null)
			json.value(
				'findings',
				findings.map(describeFindingChange).filter((change) => change !== null),
			);
		if (parts.has('figures') || parts.has('layers')) json.value('pull', difference.pull);
		if (parts.has('layers')) await writeLayers(input, json);
		if (parts.has('layers') && difference.strict !== null)
			json.value('strictLayers', difference.strict.layers.map(describeStrictly));
		if (parts.has('config')) json.value('config', difference.config);
		if (input.packages !== null) await writePackages(input.packages, json);
		if (parts.has('files')) await writeFiles(input, json);
	});
	await stream.end();
}

function describeImages(
	{ images: [older, newer], packages }: DifferenceInput,
	version: string,
): Pick<JsonDifference, 'schemaVersion' | 'generator' | 'old' | 'new'> {
	return {
		schemaVersion: SCHEMA_VERSION,
		generator: { name: 'fathom', version },
		old: identify(older, packages?.kind === 'compared' ? packages.warnings[0] : []),
		new: identify(newer, packages?.kind === 'compared' ? packages.warnings[1] : []),
	};
}

function identify({ image }: ComparedReportable, ofContents: readonly Warning[]): JsonDifference['old'] {
	const { reference, sourceKind, foundIn, description, warnings, notices } = image;
	const { names, platform, manifestDigest, configDigest, created } = description;
	return {
		reference,
		source: sourceKind,
		foundIn,
		names,
		platform,
		manifestDigest,
		configDigest,
		created,
		withoutLayers: absentLayers(description),
		warnings: [...warnings, ...ofContents],
		notices,
	};
}

function differsOf(
	{ difference, packages: compared }: DifferenceInput,
	parts: ReadonlySet<DifferencePart>,
): JsonDifference['differs'] {
	const { files, packages, layers, config } = differingParts(difference, compared);
	return {
		...(parts.has('files') && { files }),
		...(parts.has('packages') && { packages }),
		...(parts.has('layers') && { layers }),
		...(parts.has('config') && { config }),
	};
}

function figuresOf([older, newer]: Both<ComparedReportable>): Pick<
	JsonDifference,
	'totals' | 'efficiency' | 'waste'
> {
	const { totals, efficiency, wasteByCause } = figureDeltas([older.figures, newer.figures]);
	return { totals, efficiency, waste: { byCause: wasteByCause } };
}

async function writeLayers({ images, difference }: DifferenceInput, json: JsonWriter): Promise<void> {
	const [older, newer] = images.map(({ image }) => image.description.layers);
	await json.array('layers', difference.layers, (layer) =>
		json.object(null, () => json.values(describeLayer(layer, [older, newer]))),
	);
}

function describeLayer(
	layer: AlignedLayer,
	[older, newer]: Both<readonly LayerDescription[]>,
): NonNullable<JsonDifference['layers']>[number] {
	const oldIndex = layer.kind === 'inserted' ? null : layer.oldIndex;
	const newIndex = layer.kind === 'removed' ? null : layer.newIndex;
	return {
		kind: layer.kind,
		oldIndex,
		newIndex,
		reason: layer.kind === 'changed' ? layer.reason : null,
		old: oldIndex === null ? null : identifyLayer(older[oldIndex]),
		new: newIndex === null ? null : identifyLayer(newer[newIndex]),
	};
}

function describeStrictly({
	indices: [oldIndex, newIndex],
	tars,
}: StrictLayer): NonNullable<JsonDifference['strictLayers']>[number] {
	if (tars.kind === 'not-readable')
		return { oldIndex, newIndex, isCompared: false, entries: null, unseen: [] };
	const [older, newer] = tars.comparison.entries;
	const unseen = unseenCounts(tars.comparison);
	return { oldIndex, newIndex, isCompared: true, entries: { old: older, new: newer }, unseen };
}

function identifyLayer({ digest, diffId, storedBytes, createdBy, instruction }: LayerDescription) {
	return { digest, diffId, storedBytes, createdBy, instruction };
}

async function writeFiles({ difference }: DifferenceInput, json: JsonWriter): Promise<void> {
	const { counts, unknownContents, count } = difference.files;
	json.values({ counts, unknownContents });
	await json.array('files', numbersBelow(count), fileRowWriter(difference));
}

function* numbersBelow(count: number): Generator<number> {
	for (let number = 0; number < count; number++) yield number;
}
