import type { Changeset } from '../changeset.ts';
import {
	createGzipInflater,
	type GzipInflater,
	type MemberEnd,
	type Sums,
} from '../inflate/gzip-inflater.ts';
import { StreamScan, type StreamScanOptions } from '../scan-stream.ts';
import { blockStartOf, firstByte, type LayerPart, sharedBits } from './split-point.ts';

/** The result of scanning a part of a layer. */
export interface ScannedPart {
	/** Positions are counted from the start of the part, and so are `unpackedBytes`. */
	readonly changeset: Changeset;
	/** Whether it ends at its split point. When that turns out to be wrong, the part extends to the end of the layer. */
	readonly endsAtSplitPoint: boolean;
	/** Of the bytes in this part of the gzip member in which the part ends. */
	readonly sums: Sums;
	/** The end of the gzip member in which the part starts; null when that is not in the part. */
	readonly firstEnd: MemberEnd | null;
}

export interface PartScanOptions {
	readonly part: LayerPart;
	/** The byte before the first one of the part. */
	readonly byteBefore: number;
	readonly scan: StreamScanOptions;
}

/** Scans a part of a gzip layer. Throws `TarError` and the errors of a `SyncInflater`. Must be closed. */
export class PartScan {
	readonly #part: LayerPart;
	readonly #inflater: GzipInflater;
	readonly #scan: StreamScan;
	/** In the compressed data. */
	#position: number;
	/** Decompressed bytes to the start of the part. */
	#toSkip: number;
	/** Decompressed bytes to the split point at the end; -1 before its block. */
	#toSplitPoint = -1;
	#result: ScannedPart | null = null;

	/** Throws where there is no WebAssembly. */
	constructor({ part, byteBefore, scan }: PartScanOptions) {
		const inflater = createGzipInflater();
		if (inflater === null) throw new Error('Without WebAssembly layers cannot be read in parts.');
		this.#part = part;
		this.#inflater = inflater;
		this.#scan = new StreamScan(scan);
		this.#position = firstByte(part.from);
		this.#toSkip = part.from?.skippedBytes ?? 0;
		if (part.from === null) return;
		inflater.beginInside(blockStartOf(part.from, byteBefore));
		inflater.splitAfter(part.from.skippedBytes);
	}

	/** Reads the next compressed bytes; true when the part is complete. */
	write(chunk: Uint8Array): boolean {
		const { until } = this.#part;
		const toBlock = until === null ? chunk.length : firstByte(until) - this.#position;
		const isAtSplitPoint = until !== null && toBlock > 0 && toBlock <= chunk.length;
		this.#inflate(isAtSplitPoint ? chunk.subarray(0, toBlock) : chunk);
		if (isAtSplitPoint) {
			if (this.#toSkip === 0 && this.#inflater.isAtBlock(sharedBits(until))) {
				this.#toSplitPoint = until.skippedBytes;
				this.#inflater.splitAfter(until.skippedBytes);
			}
			this.#inflate(chunk.subarray(toBlock));
		}
		this.#position += chunk.length;
		return this.#result !== null;
	}

	/** To be called once the part is complete, or after the last bytes of the layer. */
	finish(): ScannedPart {
		if (this.#result !== null) return this.#result;
		this.#inflater.finish();
		return this.#scanned(this.#scan.finish(), false);
	}

	close(): void {
		this.#inflater.close();
	}

	#inflate(chunk: Uint8Array): void {
		if (this.#result === null) this.#inflater.write(chunk, (piece) => this.#take(piece));
	}

	#take(piece: Uint8Array): void {
		if (this.#result !== null) return;
		if (this.#toSkip > 0) {
			this.#toSkip -= piece.length;
			if (this.#toSkip === 0) this.#inflater.restartSums();
			return;
		}
		this.#scan.write(piece);
		if (this.#toSplitPoint <= 0) return;
		this.#toSplitPoint -= piece.length;
		if (this.#toSplitPoint === 0 && this.#scan.isBetweenEntries)
			this.#result = this.#scanned(this.#scan.cut(), true);
	}

	#scanned(changeset: Changeset, endsAtSplitPoint: boolean): ScannedPart {
		const { sums, unseenStart } = this.#inflater;
		return { changeset, endsAtSplitPoint, sums, firstEnd: unseenStart };
	}
}
