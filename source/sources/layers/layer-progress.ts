import type { ReadOptions } from '../image-source.ts';
import type { BlobLocation } from '../store/blob-location.ts';

/** Adds up how far the reading of several layers is, and tells it. */
export class LayerProgress {
	readonly #bytes = new Map<BlobLocation, number>();
	readonly #totalBytes: number;
	readonly #layerCount: number;
	readonly #onProgress: ReadOptions['onProgress'];

	constructor(layers: readonly BlobLocation[], { onProgress }: ReadOptions) {
		this.#layerCount = layers.length;
		this.#totalBytes = layers.reduce((sum, { bytes }) => sum + bytes, 0);
		this.#onProgress = onProgress;
	}

	/** A layer is done when all its bytes are. */
	set(layer: BlobLocation, bytesDone: number): void {
		this.#bytes.set(layer, bytesDone);
		let allBytes = 0;
		let layersDone = 0;
		for (const [{ bytes }, done] of this.#bytes) {
			allBytes += done;
			if (done >= bytes) layersDone += 1;
		}
		this.#onProgress?.({
			phase: 'layers',
			layersDone,
			layersTotal: this.#layerCount,
			bytesDone: allBytes,
			bytesTotal: this.#totalBytes,
		});
	}
}
