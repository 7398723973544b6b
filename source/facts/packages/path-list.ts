import { FactError } from '../fact-reader.ts';
import type { PathList } from './package-facts.ts';

/** Linux: PATH_MAX. */
const MOST_PATH_BYTES = 4096;
/** What all lists of one file may have together: a short line can stand for a long path. */
const MOST_LIST_BYTES = 64 * 1024 * 1024;

/** Collects the paths of the packages of one file, one package after the other. */
export class PathListBuilder {
	#bytes = Buffer.alloc(1024);
	#filled = 0;
	#takenBytes = 0;

	/** Takes a path as latin1; slashes and `./` at its start go, and the root itself is left out. */
	add(path: string): void {
		const start = startOf(path);
		const bytes = path.length - start;
		if (bytes === 0 || (bytes === 1 && path.endsWith('.'))) return;
		refuseLong(bytes);
		if (path.includes('\0')) throw new FactError('a path with a zero byte');
		this.#reserve(bytes + 1);
		this.#filled += this.#bytes.write(start === 0 ? path : path.slice(start), this.#filled, 'latin1');
		this.#bytes[this.#filled++] = 0;
	}

	/** Whether there are no paths since the last time. */
	get isEmpty(): boolean {
		return this.#filled === 0;
	}

	/** The paths since the last time. */
	take(): PathList {
		const list = new Uint8Array(this.#bytes.subarray(0, this.#filled));
		this.#takenBytes += this.#filled;
		this.#filled = 0;
		return list;
	}

	/** Leaves out the paths since the last time. */
	drop(): void {
		this.#filled = 0;
	}

	#reserve(bytes: number): void {
		const needed = this.#filled + bytes;
		if (this.#takenBytes + needed > MOST_LIST_BYTES)
			throw new FactError(`more than ${MOST_LIST_BYTES} bytes of paths`);
		if (needed <= this.#bytes.length) return;
		const larger = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
		this.#bytes.copy(larger, 0, 0, this.#filled);
		this.#bytes = larger;
	}
}

/**
 * A path as latin1 that is given from a folder, by its components alone: `..` goes up, and never above the root; a path with a leading slash is
 * given from the root.
 */
export function resolvePath(folder: string, path: string): string {
	refuseLong(path.length);
	if (!needsResolving(path)) return folder === '' ? path : `${folder}/${path}`;
	const names: string[] = [];
	for (const name of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
		if (name === '..') names.pop();
		else if (name !== '' && name !== '.') names.push(name);
	}
	return names.join('/');
}

function refuseLong(bytes: number): void {
	if (bytes > MOST_PATH_BYTES) throw new FactError(`a path of more than ${MOST_PATH_BYTES} bytes`);
}

function needsResolving(path: string): boolean {
	return path.startsWith('/') || path.startsWith('.') || path.includes('/.') || path.includes('//');
}

function startOf(path: string): number {
	let start = 0;
	for (;;) {
		if (path[start] === '/') start += 1;
		else if (path[start] === '.' && path[start + 1] === '/') start += 2;
		else return start;
	}
}
