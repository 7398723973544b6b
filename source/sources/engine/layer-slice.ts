import { copyOf } from '../../columns/copy-of.ts';
import { type Compression, detectCompression, MAGIC_BYTES } from '../../tar/compression.ts';
import { createSyncInflater } from '../../tar/create-inflater.ts';
import type { ContentSink } from '../../tar/scan-stream.ts';
import type { SyncInflater } from '../../tar/sync-inflater.ts';
import { TarFault } from '../../tar/tar-fault.ts';
import { inflate } from '../../tar/unpack.ts';
import type { FilePlace } from '../image-source.ts';

/** Takes a layer as it passes, packed or not, and keeps what lies at one place of it until it is taken. */
export class LayerSlice implements ContentSink {
	hasBegun = false;
	isDone: boolean;
	readonly #place: FilePlace;
	readonly #cut = (piece: Uint8Array): void => this.#keep(piece);
	#start: Uint8Array = new Uint8Array(0);
	#compression: Compression | null = null;
	#inflater: SyncInflater | null = null;
	#taken = 0;
	#position = 0;
	#kept: Uint8Array[] = [];

	constructor(place: FilePlace) {
		this.#place = place;
		this.isDone = place.bytes === 0;
	}

	/** Throws `TarFault` for packed data that is damaged, or packed in a way that takes a stream of its own to unpack. */
	write(piece: Uint8Array): void {
		this.hasBegun = true;
		if (this.isDone) return;
		if (this.#compression !== null) {
			this.#pass(piece, this.#compression);
			return;
		}
		this.#start = Buffer.concat([this.#start, piece]);
		if (this.#start.length >= MAGIC_BYTES) this.#begin();
	}

	end(): void {}

	/** What has come of the content since the last time. */
	take(): readonly Uint8Array[] {
		const kept = this.#kept;
		this.#kept = [];
		return kept;
	}

	close(): void {
		this.#inflater?.close();
		this.#inflater = null;
	}

	#begin(): void {
		const compression = detectCompression(this.#start);
		this.#compression = compression;
		this.#inflater = createSyncInflater(compression);
		if (compression !== 'none' && this.#inflater === null)
			throw new TarFault(
				'unsupported',
				0,
				`a layer that is packed with ${compression} cannot be read from a stream`,
			);
		this.#pass(this.#start, compression);
	}

	#pass(piece: Uint8Array, compression: Compression): void {
		this.#taken += piece.length;
		const inflater = this.#inflater;
		if (inflater === null) this.#keep(piece);
		else inflate(compression, this.#taken, () => inflater.write(piece, this.#cut));
	}

	#keep(piece: Uint8Array): void {
		const { position, bytes } = this.#place;
		const from = Math.max(position - this.#position, 0);
		const to = Math.min(position + bytes - this.#position, piece.length);
		this.#position += piece.length;
		if (from < to) this.#kept.push(copyOf(piece.subarray(from, to)));
		if (this.#position >= position + bytes) this.isDone = true;
	}
}
