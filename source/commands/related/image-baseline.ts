import type { KnownFindings } from '../../analysis/findings/known-findings.ts';
import type { Baseline } from '../../gate/baseline/baseline.ts';
import type { ComparedImage } from '../../session/pair/compared-image.ts';

/** An image, or the report of one, as the baseline of another one. It stays what it is when the image is closed. */
export function baselineOf(
	{ name, origin, reference }: Pick<Baseline, 'name' | 'origin' | 'reference'>,
	{ image, recorded, tree, figures }: Pick<ComparedImage, 'image' | 'recorded' | 'tree' | 'figures'>,
	findings: KnownFindings | null = null,
): Baseline {
	const { names, platform, layers } = image.description;
	const { storedBytes, unpackedBytes, liveBytes, wastedBytes, addedLayers } = figures;
	return {
		name,
		origin,
		names,
		reference,
		platform,
		figures: {
			storedBytes,
			unpackedBytes,
			liveBytes,
			wastedBytes,
			addedWastedBytes: addedLayers.wastedBytes,
		},
		layers: layers.map((layer, index) => {
			const { unpackedBytes, wastedBytes } = figures.layers[index];
			return { ...layer, unpackedBytes, wastedBytes };
		}),
		recorded: recorded?.layers ?? null,
		tree,
		base: figures.base,
		findings,
	};
}
