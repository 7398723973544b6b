import { TimeSlice } from '../time-slice.ts';

/** Far more than the documents of a thousand images take, bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Bounds the time and memory that the documents of an archive, a layout or a registry cost together. The size of a single document is
 * bounded where it is parsed (`image/json.ts`).
 */
export class DocumentBudget {
	readonly #slice: TimeSlice;
	#bytes = 0;

	constructor(signal: AbortSignal | undefined) {
		this.#slice = new TimeSlice(signal);
	}

	/** Counts a document that is about to be parsed. False when it exceeds the budget. Throws `interrupted`. */
	async admit(document: Uint8Array): Promise<boolean> {
		await this.yield();
		this.#bytes += document.length;
		return !this.isExceeded;
	}

	get isExceeded(): boolean {
		return this.#bytes > MOST_BYTES;
	}

	/** To be awaited between small pieces of work, so that timers, keys and signals get their turn. Throws `interrupted`. */
	yield(): Promise<void> {
		return this.#slice.yield();
	}
}
