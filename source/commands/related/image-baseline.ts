import type { Baseline } from '../../gate/baseline/baseline.ts';
import type { ImageSession } from '../../session/image-session.ts';

/** An image as the baseline of another one. It stays what it is when the session is closed. */
export function baselineOf(name: string, { image, tree, figures }: ImageSession): Baseline {
	const { names, platform, layers } = image.description;
	const { storedBytes, unpackedBytes, liveBytes, wastedBytes, addedLayers } = figures;
	return {
		name,
		origin: 'image',
		names,
		reference: name,
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
		contents: { kind: 'tree', tree, baseLayerCount: figures.base.layerCount },
	};
}
