import type { NamedBase } from '../../analysis/base.ts';
import type { Baseline, BaselineLayer } from '../../gate/baseline/baseline.ts';

/**
 * The baseline with the base that the user names for the image, so that both leave out the waste of the same layers. One that is built on
 * another base, as before an update of it, keeps its own.
 */
export function withNamedBase(baseline: Baseline, base: NamedBase | null): Baseline {
	const { layers, figures } = baseline;
	const baseLayerCount = countOf(base, layers);
	if (baseLayerCount === null) return baseline;
	const addedWastedBytes = layers
		.slice(baseLayerCount)
		.reduce((sum, { wastedBytes }) => sum + wastedBytes, 0);
	return { ...baseline, figures: { ...figures, addedWastedBytes }, baseLayerCount };
}

/** null where nothing is named, or an image that the baseline is not built on. */
function countOf(base: NamedBase | null, layers: readonly BaselineLayer[]): number | null {
	if (base === null) return null;
	if (base.kind === 'layers') return Math.min(base.count, layers.length);
	const { diffIds } = base;
	const isBuiltOn = diffIds.every((diffId, index) => diffId !== null && diffId === layers[index]?.diffId);
	return isBuiltOn ? diffIds.length : null;
}
