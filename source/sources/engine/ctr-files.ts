import { FathomError } from '../../errors.ts';
import type { LayerFacts } from '../../image/describe.ts';
import type { FilePlace, FileReader } from '../image-source.ts';
import { locateFault } from '../locate-fault.ts';
import { type Ctr, streamBlob } from './ctr.ts';
import { LayerSlice } from './layer-slice.ts';

/** Reads files of an image of containerd: the blob of the layer is taken again, up to the end of the file. */
export function ctrFiles(ctr: Ctr, layers: readonly LayerFacts[]): FileReader {
	return {
		open: (place, signal) => readFile(ctr, layers, place, signal),
		close: async () => {},
	};
}

async function* readFile(
	ctr: Ctr,
	layers: readonly LayerFacts[],
	place: FilePlace,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	const digest = layers[place.layerIndex]?.digest;
	const where = `${ctr.input.name}: layer ${place.layerIndex + 1}`;
	if (!digest) throw new RangeError(`${where} has no digest.`);
	const slice = new LayerSlice(place);
	try {
		for await (const chunk of streamBlob(ctr, digest, signal)) {
			slice.write(chunk);
			yield* slice.take();
			if (slice.isDone) return;
		}
	} catch (error) {
		throw locateFault(error, where);
	} finally {
		slice.close();
	}
	throw new FathomError({
		code: 'truncated',
		message: `${where} ends before the file.`,
		hint: 'Remove the image from containerd, and pull it again.',
	});
}
