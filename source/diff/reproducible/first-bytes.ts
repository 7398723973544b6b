/** How many bytes are shown around the first one that differs. */
export const SHOWN_BYTES = 16;
/** How many of them are before it. */
const BYTES_BEFORE = SHOWN_BYTES / 2;

/** Where two sequences of bytes begin to differ, and what is there. */
export interface BytesDifference {
	/** Of the first byte that differs. Where one sequence is the start of the other, the length of the shorter one. */
	readonly offset: number;
	/** Of the first byte that is shown. */
	readonly shownFrom: number;
	/** Up to `SHOWN_BYTES` around the first byte that differs. */
	readonly older: Uint8Array;
	readonly newer: Uint8Array;
}

/** Finds the first difference of two sequences that come piece by piece. It keeps a few bytes. */
export class FirstDifference {
	/** Bytes that are equal. */
	#offset = 0;
	#before: Uint8Array = new Uint8Array(0);
	#after: [Uint8Array, Uint8Array] | null = null;

	/** Whether nothing that comes can change what was found. */
	get isComplete(): boolean {
		return this.#after?.every((bytes) => bytes.length === SHOWN_BYTES - this.#before.length) === true;
	}

	/** Takes the next piece of both, which have one length, unless one of them has ended. */
	add(older: Uint8Array, newer: Uint8Array): void {
		if (this.#after !== null) {
			this.#gather(older, newer);
			return;
		}
		const equal = equalBytes(older, newer);
		const seen = Buffer.concat([this.#before, older.subarray(Math.max(0, equal - BYTES_BEFORE), equal)]);
		this.#before = seen.subarray(Math.max(0, seen.length - BYTES_BEFORE));
		this.#offset += equal;
		if (equal === older.length && equal === newer.length) return;
		this.#after = [new Uint8Array(0), new Uint8Array(0)];
		this.#gather(older.subarray(equal), newer.subarray(equal));
	}

	/** Null where both are equal. */
	finish(): BytesDifference | null {
		if (this.#after === null) return null;
		const [older, newer] = this.#after.map((bytes) => Buffer.concat([this.#before, bytes]));
		return { offset: this.#offset, shownFrom: this.#offset - this.#before.length, older, newer };
	}

	#gather(...pieces: [Uint8Array, Uint8Array]): void {
		if (this.#after === null) return;
		const room = SHOWN_BYTES - this.#before.length;
		const [older, newer] = this.#after.map((bytes, side) =>
			bytes.length === room ? bytes : Buffer.concat([bytes, pieces[side].subarray(0, room - bytes.length)]),
		);
		this.#after = [older, newer];
	}
}

const CHUNK_BYTES = 4096;

/** How many bytes are equal at the start: chunks are compared at once, as nearly all of them are equal. */
function equalBytes(older: Uint8Array, newer: Uint8Array): number {
	const length = Math.min(older.length, newer.length);
	let equal = 0;
	while (equal < length) {
		const end = Math.min(length, equal + CHUNK_BYTES);
		if (Buffer.compare(older.subarray(equal, end), newer.subarray(equal, end)) !== 0) break;
		equal = end;
	}
	while (equal < length && older[equal] === newer[equal]) equal += 1;
	return equal;
}
