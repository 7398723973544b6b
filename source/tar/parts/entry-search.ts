import { EntryDecoder, paddedBytes } from '../entry-decoder.ts';
import { BLOCK_BYTES } from '../header.ts';

const MAGIC = Buffer.from('ustar');
const MAGIC_OFFSET = 257;
/** Bytes with more magics than this and no header were made to slow down the search. */
const MOST_MAGICS = 4096;
const WINDOW_BYTES = 64 * 1024;

/**
 * Looks for an entry in bytes of a tar, of which the first may be anywhere in it. A header is recognized by its magic and its checksum. The
 * result is the entry behind it, because extension headers of the first one may have been missed.
 */
export class EntrySearch {
	readonly #window = Buffer.alloc(WINDOW_BYTES);
	/** Bytes in the window. */
	#length = 0;
	/** Position of the first byte of the window. */
	#position: number;
	/** Where the next entry should start; -1 before the first header. */
	#next = -1;
	#magics = 0;

	/** `position` is that of the first byte, counted from any origin. */
	constructor(position: number) {
		this.#position = position;
	}

	/** Reads the next bytes; returns the position of the headers of an entry once they are found, -1 before and after giving up. */
	take(piece: Uint8Array): number {
		for (let start = 0; start < piece.length && this.#magics < MOST_MAGICS; ) {
			const bytes = Math.min(piece.length - start, WINDOW_BYTES - this.#length);
			this.#window.set(piece.subarray(start, start + bytes), this.#length);
			this.#length += bytes;
			start += bytes;
			if (this.#isFound()) return this.#next;
		}
		return -1;
	}

	#isFound(): boolean {
		while (this.#next !== -1 || this.#findHeader()) {
			this.#drop(this.#next - this.#position);
			if (this.#position < this.#next || this.#length < BLOCK_BYTES) return false;
			const decoded = new EntryDecoder().decode(this.#window, 0);
			if (decoded === 'entry' || decoded === 'extension') return true;
			this.#next = -1;
		}
		return false;
	}

	/** Sets `#next` behind the first entry in the window. */
	#findHeader(): boolean {
		const bytes = this.#window.subarray(0, this.#length);
		let magic = bytes.indexOf(MAGIC, MAGIC_OFFSET);
		for (; magic !== -1; magic = bytes.indexOf(MAGIC, magic + 1)) {
			const offset = magic - MAGIC_OFFSET;
			if (offset + BLOCK_BYTES > this.#length) break;
			this.#magics += 1;
			const decoder = new EntryDecoder();
			if (decoder.decode(bytes, offset) !== 'entry') continue;
			this.#next = this.#position + offset + BLOCK_BYTES + paddedBytes(decoder.entry.contentBytes);
			this.#drop(offset + BLOCK_BYTES);
			return true;
		}
		this.#drop(magic === -1 ? this.#length - BLOCK_BYTES : magic - MAGIC_OFFSET);
		return false;
	}

	/** Drops this many bytes of the window, or all. */
	#drop(bytes: number): void {
		const dropped = Math.max(0, Math.min(bytes, this.#length));
		this.#window.copyWithin(0, dropped, this.#length);
		this.#length -= dropped;
		this.#position += dropped;
	}
}
