import type { AlignedLayer } from '../../../../../diff/align-layers.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';

const kinds: readonly AlignedLayer['kind'][] = ['shared', 'changed', 'inserted', 'removed'];

/** `7 shared · 1 changed`. */
export function layerCounts({ layers }: OpenedDifference): string {
	const counts = kinds.flatMap((kind) => {
		const count = layers.filter((layer) => layer.kind === kind).length;
		return count === 0 ? [] : [`${formatCount(count)} ${kind}`];
	});
	return counts.join(' · ');
}

/** The same, and what a host that has the old image pulls. */
export function layersSummary(subject: OpenedDifference): string {
	const { pull, images } = subject;
	const pulled = `pull ${formatBytes(pull.storedBytes)} of ${formatBytes(images[1].figures.storedBytes)}`;
	return [layerCounts(subject), pulled].filter((text) => text !== '').join(' · ');
}
