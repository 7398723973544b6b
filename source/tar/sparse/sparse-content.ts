import type { SparseMap } from './sparse-map.ts';

/** Takes the content of a file from its start to its end. */
export interface ContentParts {
	data(piece: Uint8Array): void;
	/** So many zeros follow. */
	hole(bytes: number): void;
}

/** Puts the data of a sparse file, as it comes from the tar, where the map says that it belongs. */
export class SparseContent {
	readonly #map: SparseMap;
	readonly #parts: ContentParts;
	#extent = 0;
	/** Bytes of the extent that are still to come. */
	#left = 0;

	constructor(map: SparseMap, parts: ContentParts) {
		this.#map = map;
		this.#parts = parts;
		this.#startExtent(0);
	}

	/** Takes the next piece of the data. */
	write(piece: Uint8Array): void {
		for (let offset = 0; offset < piece.length && this.#left > 0; ) {
			const data = piece.subarray(offset, offset + this.#left);
			this.#parts.data(data);
			offset += data.length;
			this.#left -= data.length;
			if (this.#left === 0) this.#endExtent();
		}
	}

	#endExtent(): void {
		const { starts, lengths } = this.#map;
		const end = starts[this.#extent] + lengths[this.#extent];
		this.#extent += 1;
		this.#startExtent(end);
	}

	/** The hole before an extent is told as soon as what is before it is complete, and so is the one at the end. */
	#startExtent(position: number): void {
		const { fileBytes, starts, lengths } = this.#map;
		const start = this.#extent < starts.length ? starts[this.#extent] : fileBytes;
		this.#left = this.#extent < starts.length ? lengths[this.#extent] : 0;
		if (start > position) this.#parts.hole(start - position);
	}
}

const ZERO_BYTES = 64 * 1024;
const zeros = new Uint8Array(ZERO_BYTES);

/** So many zeros, in pieces that are all the same bytes: nobody may write to them. */
export function* zeroPieces(bytes: number): Generator<Uint8Array, undefined> {
	for (let left = bytes; left > 0; left -= ZERO_BYTES)
		yield left < ZERO_BYTES ? zeros.subarray(0, left) : zeros;
}
