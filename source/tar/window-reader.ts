import { readSync } from 'node:fs';

const SMALLEST_WINDOW = 4 * 1024;
const USUAL_WINDOW = 64 * 1024;

/** Part of an open file. */
export interface FileRange {
	readonly fd: number;
	/** Where it starts in the file, bytes. */
	readonly start: number;
	readonly bytes: number;
}

/**
 * Reads a range of a file by position through one window that only moves forward. The window grows while positions are close together
 * and shrinks when they are far apart: a header after a large file costs 4 KB, a run of small files costs one read.
 */
export class WindowReader {
	/** The window. Valid until the next call of `offsetOf`. */
	readonly buffer: Buffer;
	readonly bytes: number;
	readonly #fd: number;
	readonly #start: number;
	#windowStart = 0;
	#windowEnd = 0;
	#windowSize = SMALLEST_WINDOW;

	/** `buffer` has the size of the largest window. */
	constructor({ fd, start, bytes }: FileRange, buffer = newWindow(USUAL_WINDOW)) {
		this.#fd = fd;
		this.#start = start;
		this.bytes = bytes;
		this.buffer = buffer;
	}

	/** Makes `[position, position + length)` available; returns its offset in `buffer`, or -1 when the range or the file ends before. */
	offsetOf(position: number, length: number): number {
		if (position >= this.#windowStart && position + length <= this.#windowEnd)
			return position - this.#windowStart;
		if (position + length > this.bytes) return -1;
		const isNear = position - this.#windowEnd < this.#windowSize;
		this.#windowSize = isNear ? Math.min(this.#windowSize * 2, this.buffer.length) : SMALLEST_WINDOW;
		this.#fill(position, Math.max(length, this.#windowSize));
		return this.#windowEnd - position >= length ? 0 : -1;
	}

	/** Bytes of the window from `position` on. */
	available(position: number): number {
		return Math.max(0, this.#windowEnd - position);
	}

	#fill(position: number, size: number): void {
		const wanted = Math.min(size, this.buffer.length, this.bytes - position);
		let filled = 0;
		while (filled < wanted) {
			const read = readSync(this.#fd, this.buffer, filled, wanted - filled, this.#start + position + filled);
			if (read === 0) break;
			filled += read;
		}
		this.#windowStart = position;
		this.#windowEnd = position + filled;
	}
}

/** A buffer that does not come from a shared pool. */
export function newWindow(bytes: number): Buffer {
	return Buffer.from(new ArrayBuffer(bytes));
}
