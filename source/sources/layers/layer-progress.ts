import type { ReadOptions } from '../image-source.ts';
import type { BlobLocation } from '../store/blob-location.ts';

/** Adds up how far the reading of several layers is, and tells it. */
export class LayerProgress {
	readonly #bytes = new Map<BlobLocation, number>();
	readonly #totalBytes: number;
	readonly #layerCount: number;
	readonly #onProgress: ReadOptions['onProgress'];
	#bytesDone = 0;
	#layersDone = 0;

	constructor(layers: readonly BlobLocation[], { onProgress }: ReadOptions) {
		this.#layerCount = layers.length;
		this.#totalBytes = layers.reduce((sum, { bytes }) => sum + bytes, 0);
		this.#onProgress = onProgress;
	}

	/** A layer is done when all its bytes are. */
	set(layer: BlobLocation, bytesDone: number): void {
		const before = this.#bytes.get(layer);
		this.#bytes.set(layer, bytesDone);
		this.#bytesDone += bytesDone - (before ?? 0);
		this.#layersDone += Number(bytesDone >= layer.bytes);
		if (before !== undefined && before >= layer.bytes) this.#layersDone -= 1;
		this.#onProgress?.({
			phase: 'layers',
			layersDone: this.#layersDone,
			layersTotal: this.#layerCount,
			bytesDone: this.#bytesDone,
			bytesTotal: this.#totalBytes,
		});
	}
}
