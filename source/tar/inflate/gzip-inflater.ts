import { finish, type Steps } from '../../steps.ts';
import type { SyncInflater } from '../compression/sync-inflater.ts';
import { type BlockStart, type DeflateDecoder, giveBack, takeDecoder } from './deflate-decoder.ts';
import { damaged, endedTooEarly } from './gzip-error.ts';
import { GzipHeader } from './gzip-header.ts';

const TRAILER_BYTES = 8;
/** Of the number of bytes in a trailer. */
export const SIZE_MODULUS = 2 ** 32;

type Sink = (output: Uint8Array) => void;

/** Checksum and length of the content of a member, or of a part of it. */
export interface Sums {
	readonly crc32: number;
	/** A trailer has them modulo 2^32. */
	readonly bytes: number;
}

/** The end of a member of which only a part was decoded. */
export interface MemberEnd {
	/** Of the decoded part. */
	readonly seen: Sums;
	/** Of the whole member, as its trailer states. */
	readonly stated: Sums;
}

/** Null where WebAssembly is not available. */
export function createGzipInflater(): GzipInflater | null {
	const decoder = takeDecoder();
	return decoder === null ? null : new GzipInflater(decoder);
}

/**
 * Inflates gzip data of one or several members (RFC 1952). As in Node's zlib, a zero byte behind a member ends the data, and anything
 * else must be another member. It can also start inside a member.
 */
export class GzipInflater implements SyncInflater {
	#decoder: DeflateDecoder | null;
	#part: 'header' | 'data' | 'trailer' | 'between' | 'over' = 'header';
	#header = new GzipHeader();
	#checksum = 0;
	#bytes = 0;
	readonly #trailer = new DataView(new ArrayBuffer(TRAILER_BYTES));
	#trailerBytes = 0;
	/** Whether the sums include the start of the member. */
	#sumsAll = true;
	#unseenStart: MemberEnd | null = null;
	/** Output bytes until the next piece has to end. */
	#untilSplit = Number.POSITIVE_INFINITY;

	constructor(decoder: DeflateDecoder) {
		this.#decoder = decoder;
	}

	/** Starts at a block inside a member. The data before it is assumed to be zeros, and is not part of the sums. */
	beginInside(start: BlockStart): void {
		this.#decoder?.beginInside(start, 0);
		this.#part = 'data';
		this.restartSums();
	}

	/** Whether all input is used up to a block inside a member that starts with the last `bitCount` bits of it. */
	isAtBlock(bitCount: number): boolean {
		return this.#part === 'data' && this.#decoder?.isAtBlock(bitCount) === true;
	}

	/** Ends a piece of output after this many more bytes. */
	splitAfter(bytes: number): void {
		this.#untilSplit = bytes;
	}

	/** The sums of the current member up to the end of the last piece. */
	get sums(): Sums {
		return { crc32: this.#checksum, bytes: this.#bytes };
	}

	/** Restarts the sums of the current member behind the last piece. At its end they are not checked; `unseenStart` has them. */
	restartSums(): void {
		this.#checksum = 0;
		this.#bytes = 0;
		this.#sumsAll = false;
		this.#unseenStart = null;
	}

	/** The end of the member in which the sums were restarted; null before. */
	get unseenStart(): MemberEnd | null {
		return this.#unseenStart;
	}

	write(chunk: Uint8Array, sink: Sink): void {
		finish(this.writeInSteps(chunk, sink));
	}

	*writeInSteps(chunk: Uint8Array, sink: Sink): Steps<void> {
		let offset = 0;
		while (offset < chunk.length && this.#part !== 'over') {
			offset = this.#part === 'data' ? yield* this.#takeData(chunk, offset, sink) : this.#take(chunk, offset);
		}
	}

	finish(): void {
		if (this.#part !== 'between' && this.#part !== 'over') throw endedTooEarly();
	}

	close(): void {
		if (this.#decoder) giveBack(this.#decoder);
		this.#decoder = null;
	}

	/** Takes bytes that are not data; returns the offset behind the consumed ones. */
	#take(chunk: Uint8Array, offset: number): number {
		switch (this.#part) {
			case 'header':
				return this.#takeHeader(chunk, offset);
			case 'trailer':
				return this.#takeTrailer(chunk[offset], offset);
			case 'between':
				this.#part = chunk[offset] === 0 ? 'over' : 'header';
				this.#header = new GzipHeader();
				return offset;
			case 'data':
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
			this.#sumsAll = true;
			this.#decoder?.begin();
		}
		return end;
	}

	*#takeData(chunk: Uint8Array, start: number, sink: Sink): Steps<number> {
		const decoder = this.#decoder;
		if (decoder === null) throw new Error('the inflater is closed');
		const give = (output: Uint8Array) => this.#give(output, { decoder, sink });
		let offset = start;
		while (offset < chunk.length) {
			offset += decoder.addInput(chunk, offset);
			if (!(yield* decoder.runInSteps(give))) continue;
			this.#part = 'trailer';
			this.#trailerBytes = 0;
			return Math.max(start, offset - decoder.unread);
		}
		decoder.deliver(give);
		return offset;
	}

	#give(
		output: Uint8Array,
		{ decoder, sink }: { readonly decoder: DeflateDecoder; readonly sink: Sink },
	): void {
		const rest = output.subarray(this.#untilSplit);
		const piece = rest.length === 0 ? output : output.subarray(0, this.#untilSplit);
		this.#untilSplit -= piece.length;
		if (this.#untilSplit === 0) this.#untilSplit = Number.POSITIVE_INFINITY;
		this.#checksum = decoder.checksum(piece, this.#checksum);
		this.#bytes += piece.length;
		sink(piece);
		if (rest.length > 0) this.#give(rest, { decoder, sink });
	}

	/** zlib looks at the checksum before the length has come. */
	#takeTrailer(byte: number, offset: number): number {
		this.#trailer.setUint8(this.#trailerBytes, byte);
		this.#trailerBytes += 1;
		if (this.#sumsAll && this.#trailerBytes === 4 && this.#statedSums().crc32 !== this.#checksum) {
			throw damaged('incorrect data check');
		}
		if (this.#trailerBytes === TRAILER_BYTES) {
			const stated = this.#statedSums();
			if (!this.#sumsAll) this.#unseenStart = { seen: this.sums, stated };
			else if (stated.bytes !== this.#bytes % SIZE_MODULUS) throw damaged('incorrect length check');
			this.#part = 'between';
		}
		return offset + 1;
	}

	#statedSums(): Sums {
		return { crc32: this.#trailer.getUint32(0, true), bytes: this.#trailer.getUint32(4, true) };
	}
}
