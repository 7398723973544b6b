import { copyOf } from '../../columns/copy-of.ts';

/** Bytes that come in chunks, taken in pieces of a size that the reader chooses. What it gives does not outlive the next call. */
export class ByteQueue {
	/** Bytes that were taken. */
	position = 0;
	readonly #source: AsyncIterator<Uint8Array>;
	/** A few bytes of earlier chunks, before those of the present one. */
	#carried: Uint8Array = new Uint8Array(0);
	#chunk: Uint8Array = new Uint8Array(0);
	#hasEnded = false;

	/** The producer may reuse the buffer of a chunk once the next one is requested. */
	constructor(source: AsyncIterable<Uint8Array>) {
		this.#source = source[Symbol.asyncIterator]();
	}

	/** Whether this many bytes are here in one piece, so that `view` has them: a layer has a hundred thousand headers. */
	has(bytes: number): boolean {
		return this.#carried.length === 0 ? this.#chunk.length >= bytes : this.#carried.length >= bytes;
	}

	/** The next bytes that are here in one piece, at most `bytes`. They are still to be taken. */
	view(bytes: number): Uint8Array {
		return (this.#carried.length === 0 ? this.#chunk : this.#carried).subarray(0, bytes);
	}

	/** The next `bytes` bytes, which are still to be taken; fewer at the end. Throws what the source throws. */
	async peek(bytes: number): Promise<Uint8Array> {
		if (this.has(bytes)) return this.view(bytes);
		while (this.#carried.length + this.#chunk.length < bytes && !this.#hasEnded) {
			this.#carry(this.#chunk.length);
			await this.#advance();
		}
		if (this.#carried.length > 0) this.#carry(bytes - this.#carried.length);
		return this.view(bytes);
	}

	/** The next bytes, at least one and at most `most`; none at the end. Throws what the source throws. */
	async take(most: number): Promise<Uint8Array> {
		while (this.#carried.length === 0 && this.#chunk.length === 0 && !this.#hasEnded) await this.#advance();
		const taken = this.view(most);
		this.drop(taken.length);
		return taken;
	}

	/** Takes bytes that were looked at. */
	drop(bytes: number): void {
		if (this.#carried.length === 0) this.#chunk = this.#chunk.subarray(bytes);
		else this.#carried = this.#carried.subarray(bytes);
		this.position += bytes;
	}

	/** Gives back what the source holds. */
	async close(): Promise<void> {
		await this.#source.return?.();
	}

	/** Copies the next bytes of the chunk, whose buffer may be reused. */
	#carry(bytes: number): void {
		const next = copyOf(this.#chunk.subarray(0, Math.max(0, bytes)));
		this.#carried = this.#carried.length === 0 ? next : Buffer.concat([this.#carried, next]);
		this.#chunk = this.#chunk.subarray(next.length);
	}

	async #advance(): Promise<void> {
		const next = await this.#source.next();
		if (next.done) this.#hasEnded = true;
		else this.#chunk = next.value;
	}
}
