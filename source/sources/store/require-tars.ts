import { noTar, saysTar } from '../../image/layer-type.ts';
import { detectCompression } from '../../tar/compression/compression.ts';
import { BLOCK_BYTES, checksumMatches } from '../../tar/header.ts';
import { type BlobLocation, readStart, withRange } from './blob-location.ts';
import type { ListedLayer } from './listed-image.ts';

/** A layer and its blob on disk. */
export interface LayerOnDisk {
	readonly layer: Pick<ListedLayer, 'mediaType'>;
	/** 0-based. */
	readonly index: number;
	readonly location: BlobLocation;
}

/** Throws `unsupported` for the first layer whose media type is not that of a tar and whose blob does not begin like one. */
export async function requireTars(layers: readonly LayerOnDisk[], label: string): Promise<void> {
	for (const { layer, index, location } of layers) {
		const { mediaType } = layer;
		if (mediaType === null || saysTar(mediaType) || (await beginsLikeTar(location))) continue;
		throw noTar(`${label}: layer ${index + 1}`, mediaType);
	}
}

/** Whether a blob is compressed, begins with a header or the end mark of a tar, or is empty. */
function beginsLikeTar(location: BlobLocation): Promise<boolean> {
	return withRange(location, (range) => {
		const start = readStart(range, BLOCK_BYTES);
		if (detectCompression(start) !== 'none') return true;
		if (start.every((byte) => byte === 0)) return true;
		return start.length === BLOCK_BYTES && checksumMatches(start, 0);
	});
}
