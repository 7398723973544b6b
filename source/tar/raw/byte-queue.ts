/** Bytes that come in chunks, taken in pieces of a size that the reader chooses. */
export class ByteQueue {
	/** Bytes that were taken. */
	position = 0;
	readonly #source: AsyncIterator<Uint8Array>;
	#chunk: Uint8Array = new Uint8Array(0);
	#hasEnded = false;

	/** Chunks must not be reused by their producer. */
	constructor(source: AsyncIterable<Uint8Array>) {
		this.#source = source[Symbol.asyncIterator]();
	}

	/** The next `bytes` bytes, which are still to be taken; fewer at the end. Throws what the source throws. */
	async peek(bytes: number): Promise<Uint8Array> {
		while (this.#chunk.length < bytes && !this.#hasEnded) {
			const next = await this.#source.next();
			if (next.done) this.#hasEnded = true;
			else this.#chunk = this.#chunk.length === 0 ? next.value : Buffer.concat([this.#chunk, next.value]);
		}
		return this.#chunk.subarray(0, bytes);
	}

	/** The next bytes, at least one and at most `most`; none at the end. Throws what the source throws. */
	async take(most: number): Promise<Uint8Array> {
		await this.peek(1);
		const taken = this.#chunk.subarray(0, most);
		this.drop(taken.length);
		return taken;
	}

	/** Takes bytes that were peeked at. */
	drop(bytes: number): void {
		this.#chunk = this.#chunk.subarray(bytes);
		this.position += bytes;
	}

	/** Gives back what the source holds. */
	async close(): Promise<void> {
		await this.#source.return?.();
	}
}
