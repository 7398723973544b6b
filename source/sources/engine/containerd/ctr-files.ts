import type { LayerFacts } from '../../../image/describe.ts';
import type { FileReader } from '../../file-source.ts';
import { layerFiles } from '../export/layer-files.ts';
import { type Ctr, streamBlob } from './ctr.ts';

/** Reads files of an image in containerd: reads the blob of the layer again, up to the end of the file. */
export function ctrFiles(ctr: Ctr, layers: readonly LayerFacts[]): FileReader {
	const digestOf = (layerIndex: number): string => {
		const digest = layers[layerIndex]?.digest;
		if (!digest) throw new RangeError(`There is no layer ${layerIndex}.`);
		return digest;
	};
	return layerFiles({
		engine: ctr.address.label,
		name: ctr.input.name,
		keyOf: digestOf,
		blob: (layerIndex, signal) => streamBlob(ctr, digestOf(layerIndex), signal),
	});
}
