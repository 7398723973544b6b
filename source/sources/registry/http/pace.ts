import type { TransferLimits } from '../../image-source.ts';

/** What arrived in some time. */
export interface SlowPart {
	readonly bytes: number;
	readonly seconds: number;
}

/** Holds a transfer, which may take several connections, against the lowest rate that is waited for. */
export class Pace {
	readonly #limits: TransferLimits;
	readonly #tooSlow: (part: SlowPart) => Error;
	#bytes = 0;
	#milliseconds = 0;

	/** `tooSlow` gives the error for a transfer that is slower. */
	constructor(limits: TransferLimits, tooSlow: (part: SlowPart) => Error) {
		this.#limits = limits;
		this.#tooSlow = tooSlow;
	}

	/** The chunks as they arrive. Only the time in which the caller waits for them counts, and not what it does with them. */
	async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
		let since = performance.now();
		for await (const chunk of chunks) {
			this.#add(chunk.length, performance.now() - since);
			yield chunk;
			since = performance.now();
		}
	}

	#add(bytes: number, milliseconds: number): void {
		const { bytesPerSecond, windowSeconds } = this.#limits;
		this.#bytes += bytes;
		this.#milliseconds += milliseconds;
		const seconds = this.#milliseconds / 1000;
		if (seconds < windowSeconds) return;
		if (bytesPerSecond !== null && this.#bytes < bytesPerSecond * seconds)
			throw this.#tooSlow({ bytes: this.#bytes, seconds });
		this.#bytes = 0;
		this.#milliseconds = 0;
	}
}
