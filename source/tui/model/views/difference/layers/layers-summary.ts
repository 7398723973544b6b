import type { AlignedLayer } from '../../../../../diff/align-layers.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';

const kinds: readonly AlignedLayer['kind'][] = ['shared', 'changed', 'inserted', 'removed'];

/** `7 shared · 1 changed · pull 12.4 kB of 362 kB`. */
export function layersSummary({ layers, pull, images }: OpenedDifference): string {
	const counts = kinds.flatMap((kind) => {
		const count = layers.filter((layer) => layer.kind === kind).length;
		return count === 0 ? [] : [`${formatCount(count)} ${kind}`];
	});
	const { storedBytes } = images[1].figures;
	return [...counts, `pull ${formatBytes(pull.storedBytes)} of ${formatBytes(storedBytes)}`].join(' · ');
}
