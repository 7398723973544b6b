import type { ConfigFieldChange, ManifestChange } from '../../../diff/reproducible/compare-documents.ts';
import type { LayerDifference, Reproducibility } from '../../../diff/reproducible/reproducibility.ts';
import { causeNames } from './tar-section.ts';

/** How many kinds of changes are named of a document. */
const MOST_NAMED = 4;

/** `The two builds differ: config (created), layer 2 (timestamps).` From the outside in; what only follows from something else is left out. */
export function headlineOf({ manifest, config, layer }: Reproducibility): string {
	const inConfig = config.changes.filter(({ kind }) => kind !== 'diff-ids').map(nameOfConfigChange);
	const places = [
		...place('manifest', manifest.changes.map(nameOfManifestChange)),
		...place('config', inConfig),
		...(layer === null ? [] : place(`layer ${layer.index + 1}`, [nameOfLayerDifference(layer)])),
	];
	if (places.length === 0) places.push(config.isSame === false ? 'config' : 'manifest');
	return `The two builds differ: ${places.join(', ')}.`;
}

function place(name: string, kinds: readonly string[]): readonly string[] {
	const distinct = [...new Set(kinds)];
	if (distinct.length === 0) return [];
	const named = distinct.slice(0, MOST_NAMED);
	return [`${name} (${[...named, ...(distinct.length > named.length ? ['...'] : [])].join(', ')})`];
}

function nameOfManifestChange({ kind }: ManifestChange): string {
	return { annotation: 'annotations', 'media-type': 'media types', 'layer-count': 'number of layers' }[kind];
}

function nameOfConfigChange(change: ConfigFieldChange): string {
	return change.kind === 'field' ? change.field : 'history';
}

function nameOfLayerDifference({ difference }: LayerDifference): string {
	switch (difference.kind) {
		case 'tar':
			return causeNames(difference.comparison.first);
		case 'compression':
			return { format: 'compression', 'gzip-header': 'gzip header', data: 'compressed data' }[
				difference.compression.kind
			];
		case 'only':
			return difference.side === 'old' ? 'in OLD only' : 'in NEW only';
		case 'not-readable':
		case 'absent':
			return 'content not compared';
	}
}
