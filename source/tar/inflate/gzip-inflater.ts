import type { SyncInflater } from '../sync-inflater.ts';
import { type DeflateDecoder, giveBack, takeDecoder } from './deflate-decoder.ts';
import { damaged, endedTooEarly } from './gzip-fault.ts';
import { GzipHeader } from './gzip-header.ts';

const TRAILER_BYTES = 8;

type Sink = (output: Uint8Array) => void;

/** Null where WebAssembly is not to be had. */
export function createGzipInflater(): SyncInflater | null {
	const decoder = takeDecoder();
	return decoder === null ? null : new GzipInflater(decoder);
}

/**
 * Inflates gzip data of one member or of several (RFC 1952). As in Node's zlib a zero byte behind a member ends the data, whatever
 * follows it, and anything else has to be another member.
 */
class GzipInflater implements SyncInflater {
	#decoder: DeflateDecoder | null;
	#part: 'header' | 'data' | 'trailer' | 'between' | 'over' = 'header';
	#header = new GzipHeader();
	#checksum = 0;
	/** Modulo 2^32, as in the trailer. */
	#bytes = 0;
	readonly #trailer = new DataView(new ArrayBuffer(TRAILER_BYTES));
	#trailerBytes = 0;

	constructor(decoder: DeflateDecoder) {
		this.#decoder = decoder;
	}

	write(chunk: Uint8Array, sink: Sink): void {
		let offset = 0;
		while (offset < chunk.length && this.#part !== 'over') offset = this.#take(chunk, offset, sink);
	}

	finish(): void {
		if (this.#part !== 'between' && this.#part !== 'over') throw endedTooEarly();
	}

	close(): void {
		if (this.#decoder) giveBack(this.#decoder);
		this.#decoder = null;
	}

	/** Gives the offset behind what it took. */
	#take(chunk: Uint8Array, offset: number, sink: Sink): number {
		switch (this.#part) {
			case 'header':
				return this.#takeHeader(chunk, offset);
			case 'data':
				return this.#takeData(chunk, offset, sink);
			case 'trailer':
				return this.#takeTrailer(chunk[offset], offset);
			case 'between':
				this.#part = chunk[offset] === 0 ? 'over' : 'header';
				this.#header = new GzipHeader();
				return offset;
			case 'over':
				return chunk.length;
		}
	}

	#takeHeader(chunk: Uint8Array, offset: number): number {
		const end = this.#header.take(chunk, offset);
		if (this.#header.isComplete) {
			this.#part = 'data';
			this.#checksum = 0;
			this.#bytes = 0;
			this.#decoder?.begin();
		}
		return end;
	}

	#takeData(chunk: Uint8Array, start: number, sink: Sink): number {
		const decoder = this.#decoder;
		if (decoder === null) throw new Error('the inflater is closed');
		const checked = (output: Uint8Array) => {
			this.#checksum = decoder.checksum(output, this.#checksum);
			this.#bytes = (this.#bytes + output.length) >>> 0;
			sink(output);
		};
		let offset = start;
		while (offset < chunk.length) {
			offset += decoder.feed(chunk, offset);
			if (!decoder.run(checked)) continue;
			this.#part = 'trailer';
			this.#trailerBytes = 0;
			return Math.max(start, offset - decoder.unread);
		}
		decoder.deliver(checked);
		return offset;
	}

	/** zlib looks at the checksum before the length has come. */
	#takeTrailer(byte: number, offset: number): number {
		this.#trailer.setUint8(this.#trailerBytes, byte);
		this.#trailerBytes += 1;
		if (this.#trailerBytes === 4 && this.#trailer.getUint32(0, true) !== this.#checksum) {
			throw damaged('incorrect data check');
		}
		if (this.#trailerBytes === TRAILER_BYTES) {
			if (this.#trailer.getUint32(4, true) !== this.#bytes) throw damaged('incorrect length check');
			this.#part = 'between';
		}
		return offset + 1;
	}
}
