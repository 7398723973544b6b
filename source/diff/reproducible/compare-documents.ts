import type { HistoryStep, ImageDescription } from '../../image/image.ts';
import { type ConfigChange, compareConfigs } from '../compare-config.ts';
import type { Both } from '../merge/merge-structure.ts';

/** What differs between two manifests, beside the digests in them, which follow from what they name. */
export type ManifestChange =
	| { readonly kind: 'annotation'; readonly name: string; readonly values: Both<string | null> }
	/** Of a layer, by its 0-based index. */
	| { readonly kind: 'media-type'; readonly layerIndex: number; readonly values: Both<string | null> }
	| { readonly kind: 'layer-count'; readonly values: Both<number> };

/** What differs between two configs. */
export type ConfigFieldChange =
	| ({ readonly kind: 'field' } & ConfigChange)
	| { readonly kind: 'history-length'; readonly values: Both<number> }
	/** In the history, whose steps are counted from 0. */
	| {
			readonly kind: 'history';
			readonly step: number;
			readonly field: 'created' | 'created_by' | 'comment' | 'author' | 'empty_layer';
			readonly values: Both<string | null>;
	  }
	/** The layers whose diff IDs differ, 0-based, as far as both images have layers. */
	| { readonly kind: 'diff-ids'; readonly layers: readonly number[] };

/** Two documents that may be equal byte by byte. */
export interface DocumentComparison<Change> {
	/** Null where an image has no such document, or its digest is not known. */
	readonly digests: Both<string | null>;
	/** Whether the digests are equal; null where one of them is not known. */
	readonly isSame: boolean | null;
	readonly changes: readonly Change[];
}

type Described = Pick<
	ImageDescription,
	| 'manifestDigest'
	| 'configDigest'
	| 'annotations'
	| 'platform'
	| 'osVersion'
	| 'osFeatures'
	| 'created'
	| 'author'
	| 'config'
	| 'history'
	| 'layers'
>;

/** Compares manifests as far as their fields are read (OCI image specification, manifest.md). */
export function compareManifests([older, newer]: Both<Described>): DocumentComparison<ManifestChange> {
	const digests: Both<string | null> = [older.manifestDigest, newer.manifestDigest];
	const isSame = areEqual(digests);
	// An image without a manifest has nothing that could differ from one.
	if (isSame === null) return { digests, isSame, changes: [] };
	const changes: ManifestChange[] = [];
	for (const name of [
		...new Set([...Object.keys(older.annotations), ...Object.keys(newer.annotations)]),
	].sort()) {
		const values = [entryOf(older.annotations, name), entryOf(newer.annotations, name)] as const;
		if (values[0] !== values[1]) changes.push({ kind: 'annotation', name, values });
	}
	if (older.layers.length !== newer.layers.length)
		changes.push({ kind: 'layer-count', values: [older.layers.length, newer.layers.length] });
	for (const [layerIndex, { mediaType }] of older.layers.entries()) {
		const other = newer.layers[layerIndex]?.mediaType ?? null;
		if (mediaType === null || other === null || mediaType === other) continue;
		changes.push({ kind: 'media-type', layerIndex, values: [mediaType, other] });
	}
	return { digests, isSame, changes };
}

/** Compares configs as far as their fields are read (OCI image specification, config.md). */
export function compareConfigFields([older, newer]: Both<Described>): DocumentComparison<ConfigFieldChange> {
	const digests: Both<string | null> = [older.configDigest, newer.configDigest];
	const fields = compareConfigs(older, newer)
		.filter(({ field }) => field !== 'history' && field !== 'comments')
		.map((change) => ({ kind: 'field', ...change }) as const);
	const changes = [
		...fields,
		...compareHistories(older.history, newer.history),
		...compareDiffIds(older, newer),
	];
	return { digests, isSame: areEqual(digests), changes };
}

function entryOf(record: Readonly<Record<string, string>>, name: string): string | null {
	return Object.hasOwn(record, name) ? record[name] : null;
}

function areEqual([older, newer]: Both<string | null>): boolean | null {
	return older === null || newer === null ? null : older === newer;
}

const fieldsOfStep = {
	created: ({ created }) => created,
	created_by: ({ createdBy }) => createdBy,
	comment: ({ comment }) => comment,
	author: ({ author }) => author,
	empty_layer: ({ layerIndex }) => String(layerIndex === null),
} as const satisfies Readonly<Record<string, (step: HistoryStep) => string | null>>;

function compareHistories(
	older: readonly HistoryStep[],
	newer: readonly HistoryStep[],
): readonly ConfigFieldChange[] {
	const changes: ConfigFieldChange[] = [];
	if (older.length !== newer.length)
		changes.push({ kind: 'history-length', values: [older.length, newer.length] });
	for (let step = 0; step < Math.min(older.length, newer.length); step++) {
		for (const field of Object.keys(fieldsOfStep) as (keyof typeof fieldsOfStep)[]) {
			const values = [fieldsOfStep[field](older[step]), fieldsOfStep[field](newer[step])] as const;
			if (values[0] !== values[1]) changes.push({ kind: 'history', step, field, values });
		}
	}
	return changes;
}

function compareDiffIds(older: Described, newer: Described): readonly ConfigFieldChange[] {
	const layers = older.layers
		.map(({ index }) => index)
		.filter(
			(index) => index < newer.layers.length && older.layers[index].diffId !== newer.layers[index].diffId,
		);
	return layers.length === 0 ? [] : [{ kind: 'diff-ids', layers }];
}
