import type { Base } from '../../analysis/figures.ts';
import type { Baseline } from '../../gate/baseline/baseline.ts';
import type { ImageSession } from '../../session/image-session.ts';

const ANOTHER_BASE =
	'the base of the baseline is another one; give --base here and when the baseline is saved, or leave --ignore-base out';

/**
 * The baseline with the base of the image, so that both leave out the waste of the same layers. One that is built on another base, as
 * before an update of it, keeps the base that the user named for it; where they named none, there is an obstacle to comparing the waste.
 */
export function withBaseOf(baseline: Baseline, image: Pick<ImageSession, 'image' | 'figures'>): Baseline {
	const { base } = image.figures;
	const lowest = image.image.description.layers.slice(0, base.layerCount);
	const { layers } = baseline;
	const isBuiltOn = lowest.every(({ diffId }, index) => diffId !== null && diffId === layers[index]?.diffId);
	if (isBuiltOn) return withBase(baseline, base);
	if (base.origin !== 'named') return { ...baseline, wasteObstacle: ANOTHER_BASE };
	if (baseline.base.origin === 'named') return baseline;
	// A number of layers is meant for every version of the image.
	if (base.image === undefined)
		return withBase(baseline, { ...base, layerCount: Math.min(base.layerCount, layers.length) });
	return { ...baseline, wasteObstacle: ANOTHER_BASE };
}

function withBase(baseline: Baseline, base: Base): Baseline {
	const addedWastedBytes = baseline.layers
		.slice(base.layerCount)
		.reduce((sum, { wastedBytes }) => sum + wastedBytes, 0);
	return { ...baseline, figures: { ...baseline.figures, addedWastedBytes }, base };
}
