import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { Cause } from '../../../diff/reproducible/causes.ts';
import type { ConfigFieldChange, ManifestChange } from '../../../diff/reproducible/compare-documents.ts';
import { areSameBuilds, type LayerDifference } from '../../../diff/reproducible/reproducibility.ts';
import { furtherCounts } from '../../../diff/reproducible/tar-difference.ts';
import { type ByteSink, ByteStream } from '../../byte-stream.ts';
import { JsonWriter } from '../../json/json-writer.ts';
import type { ReportOptions } from '../../reporter.ts';
import { firstInBlobs, firstInTars } from './json-first-difference.ts';
import type { JsonReproducibility } from './json-schema.ts';
import type { ReproducibilityInput } from './report.ts';

/** Increased when something in the report changes its meaning or is removed. An addition does not change it. */
const SCHEMA_VERSION = 1;

/** Writes as JSON whether two builds are the same, and what differs first on each level. Throws what the sink throws. */
export async function writeReproducibilityJson(
	input: ReproducibilityInput,
	sink: ByteSink,
	{ version }: Pick<ReportOptions, 'version'>,
): Promise<void> {
	const stream = new ByteStream(sink);
	const json = new JsonWriter(stream);
	await json.object(null, () => json.values(documentOf(input, version)));
	await stream.end();
}

function documentOf(input: ReproducibilityInput, version: string): JsonReproducibility {
	const { manifest, config, layer, otherLayers, unpacked } = input.result;
	return {
		schemaVersion: SCHEMA_VERSION,
		generator: { name: 'fathom', version },
		equal: areSameBuilds(input.result),
		old: describeImage(input, 0),
		new: describeImage(input, 1),
		manifest: { equal: manifest.isSame, changes: manifest.changes.map(manifestRow) },
		config: { equal: config.isSame, changes: config.changes.map(configRow) },
		layer: layer && describeLayer(layer),
		otherLayers,
		unpacked,
	};
}

function describeImage(
	{ references, result }: ReproducibilityInput,
	side: 0 | 1,
): JsonReproducibility['old'] {
	return {
		reference: references[side],
		names: result.names[side],
		manifestDigest: result.manifest.digests[side],
		configDigest: result.config.digests[side],
		layerCount: result.layerCounts[side],
	};
}

function manifestRow(change: ManifestChange): JsonReproducibility['manifest']['changes'][number] {
	const [older, newer] = change.values;
	const name = change.kind === 'annotation' ? change.name : null;
	const layerIndex = change.kind === 'media-type' ? change.layerIndex : null;
	return { kind: change.kind, name, layerIndex, old: older, new: newer };
}

function configRow(change: ConfigFieldChange): JsonReproducibility['config']['changes'][number] {
	const { kind } = change;
	const row = { kind, field: null, name: null, step: null, layers: null, old: null, new: null };
	switch (change.kind) {
		case 'field':
			return { ...row, field: change.field, name: change.name, old: change.oldValue, new: change.newValue };
		case 'history-length':
			return { ...row, ...sidesOf(change.values) };
		case 'history':
			return { ...row, field: change.field, step: change.step, ...sidesOf(change.values) };
		case 'diff-ids':
			return { ...row, layers: change.layers };
	}
}

function describeLayer(layer: LayerDifference): NonNullable<JsonReproducibility['layer']> {
	const { index, difference } = layer;
	return {
		layerIndex: index,
		kind: difference.kind,
		side: 'side' in difference ? difference.side : null,
		old: identifyLayer(layer, 0),
		new: identifyLayer(layer, 1),
		firstDifference: firstOf(difference),
		more: moreOf(difference),
	};
}

function identifyLayer({ digests, diffIds, instructions }: LayerDifference, side: 0 | 1) {
	return { digest: digests[side], diffId: diffIds[side], instruction: instructions[side] };
}

function firstOf(difference: LayerDifference['difference']) {
	if (difference.kind === 'compression') return firstInBlobs(difference.compression);
	const first = difference.kind === 'tar' ? difference.comparison.first : null;
	return first && firstInTars(first);
}

function moreOf(difference: LayerDifference['difference']) {
	if (difference.kind !== 'tar') return [];
	const counts = Object.entries(furtherCounts(difference.comparison));
	return counts.filter(([, count]) => count > 0).map(([cause, count]) => ({ cause: cause as Cause, count }));
}

function sidesOf<Value>([older, newer]: Both<Value>) {
	return { old: older, new: newer };
}
