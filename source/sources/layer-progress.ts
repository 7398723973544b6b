import type { OpenOptions } from './image-source.ts';
import type { BlobLocation } from './located-blobs.ts';

/** Adds up how far the reading of several layers is. */
export class LayerProgress {
	readonly #bytes = new Map<BlobLocation, number>();
	readonly #total: number;
	readonly #count: number;
	readonly #onProgress: OpenOptions['onProgress'];
	#done = 0;

	constructor(locations: readonly BlobLocation[], { onProgress }: OpenOptions) {
		this.#count = locations.length;
		this.#total = locations.reduce((sum, { bytes }) => sum + bytes, 0);
		this.#onProgress = onProgress;
	}

	set(location: BlobLocation, bytes: number): void {
		this.#bytes.set(location, bytes);
	}

	done(location: BlobLocation): void {
		this.set(location, location.bytes);
		this.#done += 1;
		this.report();
	}

	report(): void {
		let bytesDone = 0;
		for (const bytes of this.#bytes.values()) bytesDone += bytes;
		this.#onProgress?.({
			phase: 'layers',
			layersDone: this.#done,
			layersTotal: this.#count,
			bytesDone,
			bytesTotal: this.#total,
		});
	}
}
