import { FactError } from '../fact-reader.ts';
import type { PathList } from './package-facts.ts';

/** PATH_MAX of Linux: no file can be opened by a longer path. */
const MOST_PATH_BYTES = 4096;
const FIRST_BYTES = 1024;

/** Writes path lists, all of them together within a number of bytes: two short lists of a database can make a product of any size. */
export class PathListWriter {
	#left: number;
	#list = new Uint8Array(FIRST_BYTES);
	#filled = 0;

	constructor(mostBytes: number) {
		this.#left = mostBytes;
	}

	/** Adds the path that the parts make up one after the other. The root itself is left out, as all leads through it. */
	add(...parts: readonly Uint8Array[]): void {
		const bytes = parts.reduce((sum, part) => sum + part.length, 0);
		if (bytes > MOST_PATH_BYTES) throw new FactError(`a path of ${bytes} bytes`);
		this.#reserve(bytes + 1);
		const start = this.#filled;
		for (const part of parts) this.#copy(part, start);
		if (this.#filled === start) return;
		this.#list[this.#filled++] = 0;
		this.#left -= bytes + 1;
		if (this.#left < 0) throw new FactError('more paths than are read');
	}

	/** The paths since the last list. */
	take(): PathList {
		const list = this.#list.slice(0, this.#filled);
		this.#filled = 0;
		return list;
	}

	/** Leaves out the paths since the last list. */
	drop(): void {
		this.#filled = 0;
	}

	/** Leading slashes are dropped. Paths are short, so that a loop is faster than `set`. */
	#copy(part: Uint8Array, start: number): void {
		let from = 0;
		if (this.#filled === start) while (part[from] === SLASH) from++;
		for (let index = from; index < part.length; index++) this.#list[this.#filled++] = part[index];
	}

	#reserve(bytes: number): void {
		if (this.#filled + bytes <= this.#list.length) return;
		const larger = new Uint8Array((this.#filled + bytes) * 2);
		larger.set(this.#list.subarray(0, this.#filled));
		this.#list = larger;
	}
}

const SLASH = 0x2f;
