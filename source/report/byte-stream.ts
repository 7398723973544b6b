import { ByteBuffer } from './byte-buffer.ts';

/** Where a report goes. Resolves once the bytes are taken and may be overwritten; rejects when they cannot be. */
export interface ByteSink {
	readonly write: (bytes: Uint8Array) => Promise<void>;
}

/** Large enough that the cost of a write does not count, small enough that two of them do not either. */
const CHUNK_BYTES = 128 * 1024;

/** A row may be longer than what is left of a chunk: room for most, so that the buffer need not grow. */
const SLACK_BYTES = 8 * 1024;

/** Fills one chunk while the one before it is being written. Memory stays at two chunks, however long the report is. */
export class ByteStream {
	readonly #sink: ByteSink;
	#current = new ByteBuffer(CHUNK_BYTES + SLACK_BYTES);
	#spare = new ByteBuffer(CHUNK_BYTES + SLACK_BYTES);
	#pending: Promise<void> | null = null;

	constructor(sink: ByteSink) {
		this.#sink = sink;
	}

	/** Where to append; another one after each flush. */
	get buffer(): ByteBuffer {
		return this.#current;
	}

	/** Whether it is time to flush. */
	get isFull(): boolean {
		return this.#current.length >= CHUNK_BYTES;
	}

	/** Hands what is in the buffer to the sink, once the sink has taken what it got before. */
	async flush(): Promise<void> {
		await this.#settle();
		const full = this.#current;
		this.#current = this.#spare;
		this.#spare = full;
		this.#current.truncate(0);
		this.#pending = this.#sink.write(full.content);
		// A failure is thrown by the next flush; until then nobody may call it unhandled.
		this.#pending.catch(() => {});
	}

	/** Hands over the rest and waits until all of it is taken. */
	async end(): Promise<void> {
		await this.flush();
		await this.#settle();
	}

	async #settle(): Promise<void> {
		const pending = this.#pending;
		this.#pending = null;
		await pending;
	}
}
