import type { Baseline } from '../../gate/baseline/baseline.ts';
import type { ComparedImage } from '../../session/pair/compared-image.ts';

/** An image, or the report of one, as the baseline of another one. It stays what it is when the image is closed. */
export function baselineOf(
	{ name, origin, reference }: Pick<Baseline, 'name' | 'origin' | 'reference'>,
	{ image, tree, figures }: Pick<ComparedImage, 'image' | 'tree' | 'figures'>,
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
		tree,
		base: figures.base,
	};
}
