import { ByteBuffer } from './byte-buffer.ts';

/** Where a report goes. `write` resolves once the bytes are taken and may be overwritten; it rejects when they cannot be written. */
export interface ByteSink {
	readonly write: (bytes: Uint8Array) => Promise<void>;
	/** Whether nobody reads what is written any more, so that the rest need not be made. */
	readonly hasNoReader?: () => boolean;
}

/** Large enough that the cost of a write is negligible, small enough that the memory of two chunks is. */
const CHUNK_BYTES = 128 * 1024;

/** The row that fills a chunk usually runs past its end. With this much room the buffer seldom has to grow. */
const SLACK_BYTES = 8 * 1024;

/** Fills one chunk while the previous one is being written. It needs the memory of two chunks, however long the report is. */
export class ByteStream {
	readonly #sink: ByteSink;
	#current = new ByteBuffer(CHUNK_BYTES + SLACK_BYTES);
	#spare = new ByteBuffer(CHUNK_BYTES + SLACK_BYTES);
	#pending: Promise<void> | null = null;

	constructor(sink: ByteSink) {
		this.#sink = sink;
	}

	/** The buffer to append to. Each flush replaces it. */
	get buffer(): ByteBuffer {
		return this.#current;
	}

	/** Whether it is time to flush. */
	get isFull(): boolean {
		return this.#current.length >= CHUNK_BYTES;
	}

	/** Hands the buffer to the sink, once the sink has taken the previous one. Throws what the sink throws. */
	async flush(): Promise<void> {
		await this.#waitForSink();
		const full = this.#current;
		this.#current = this.#spare;
		this.#spare = full;
		this.#current.truncate(0);
		this.#pending = this.#sink.write(full.content);
		// The next flush throws a failure. Until then Node must not report it as an unhandled rejection.
		this.#pending.catch(() => {});
	}

	/** Hands over the rest and waits until the sink has taken all of it. Throws what the sink throws. */
	async end(): Promise<void> {
		await this.flush();
		await this.#waitForSink();
	}

	async #waitForSink(): Promise<void> {
		const pending = this.#pending;
		this.#pending = null;
		await pending;
	}
}
