import { FathomError } from '../../errors.ts';
import type { SavedFigures, SavedLayer, SavedPaths, SavedReport } from './saved-report.ts';
import { byteCount, listOf, recordOf, textOf } from './tolerant-values.ts';

/** The version that this version of fathom writes and knows. */
const SCHEMA_VERSION = 1;
/** As many as an image may have. */
const MOST_LAYERS = 100_000;

/** What a report tells, from its document without rows. Throws `not-an-image` and `unsupported`. */
export function reportOf(document: unknown, paths: SavedPaths | null): SavedReport {
	const report = recordOf(document);
	checkVersion(report);
	const image = recordOf(report.image);
	const base = recordOf(report.base);
	return {
		reference: textOf(image.reference),
		names: listOf(image.names).filter((name) => typeof name === 'string'),
		platform: platformOf(image.platform),
		figures: figuresOf(report),
		layers: layersOf(report.layers),
		withoutLayers: listOf(report.withoutLayers).filter((index) => typeof index === 'number'),
		baseLayerCount: byteCount(base.layerCount),
		paths,
	};
}

function checkVersion({ schemaVersion, generator }: Readonly<Record<string, unknown>>): void {
	const version = byteCount(schemaVersion);
	if (recordOf(generator).name !== 'fathom' || version === null) {
		throw new FathomError({
			code: 'not-an-image',
			message: 'it is JSON, but not a report of fathom.',
			hint: 'fathom ci IMAGE --save-baseline FILE writes one.',
		});
	}
	if (version <= SCHEMA_VERSION) return;
	throw new FathomError({
		code: 'unsupported',
		message: `it is a report of a newer version of fathom (schema ${version}; this version knows ${SCHEMA_VERSION}).`,
		hint: 'Update fathom, or save the baseline again with this version.',
	});
}

function platformOf(value: unknown): SavedReport['platform'] {
	const { os, architecture, variant } = recordOf(value);
	if (typeof os !== 'string' || typeof architecture !== 'string') return null;
	return { os, architecture, variant: textOf(variant) };
}

function figuresOf({ totals, addedLayers }: Readonly<Record<string, unknown>>): SavedFigures {
	const { storedBytes, unpackedBytes, liveBytes, wastedBytes } = recordOf(totals);
	return {
		storedBytes: byteCount(storedBytes),
		unpackedBytes: byteCount(unpackedBytes),
		liveBytes: byteCount(liveBytes),
		wastedBytes: byteCount(wastedBytes),
		addedWastedBytes: byteCount(recordOf(addedLayers).wastedBytes),
	};
}

function layersOf(value: unknown): readonly SavedLayer[] | null {
	if (!Array.isArray(value) || value.length > MOST_LAYERS) return null;
	const layers = value.map((layer, index) => layerOf(recordOf(layer), index));
	return layers.every((layer) => layer !== null) ? layers : null;
}

function layerOf(layer: Readonly<Record<string, unknown>>, index: number): SavedLayer | null {
	const storedBytes = byteCount(layer.storedBytes);
	if (storedBytes === null) return null;
	return {
		index,
		digest: textOf(layer.digest),
		diffId: textOf(layer.diffId),
		mediaType: textOf(layer.mediaType),
		storedBytes,
		unpackedBytes: byteCount(layer.unpackedBytes),
		wastedBytes: byteCount(layer.wastedBytes),
		absent: null,
		createdBy: textOf(layer.createdBy),
		instruction: textOf(layer.instruction),
		created: textOf(layer.created),
		comment: textOf(layer.comment),
	};
}
