import { TarError } from './tar-error.ts';

/** How much an image may hold. `Infinity` means no limit. */
export interface EntryLimits {
	/** The entries of all layers together, and the folders that none of them names. */
	readonly paths: number;
	/** The lengths of their paths and link targets together, bytes. */
	readonly pathBytes: number;
}

export const noLimits: EntryLimits = {
	paths: Number.POSITIVE_INFINITY,
	pathBytes: Number.POSITIVE_INFINITY,
};

/** What the threads that read the layers of one image may still add to it. */
export interface EntryBudget extends EntryLimits {
	/** In shared memory: the entries so far, and the length of their paths and link targets in `UNIT_BYTES`. */
	readonly spent: Int32Array;
}

const UNIT_BYTES = 1024;
const COUNTED_ENTRIES = 1024;
const COUNTED_BYTES = 1024 * 1024;

export function newEntryBudget(limits: EntryLimits): EntryBudget {
	return { ...limits, spent: new Int32Array(new SharedArrayBuffer(8)) };
}

/** A budget of the same limits for entries that are no part of the image, such as those of an archive around it. */
export function budgetBeside(budget: EntryBudget | null | undefined): EntryBudget | null {
	return budget ? newEntryBudget(budget) : null;
}

/** What one reader counts against a budget: now and then, because other threads count as well. */
export class Spending {
	readonly #budget: EntryBudget | null;
	#entries = 0;
	#bytes = 0;

	/** Null for no limit. */
	constructor(budget: EntryBudget | null) {
		this.#budget = budget;
	}

	/** Takes how much the reader has so far. Throws `TarError` when the image has too much. */
	count(entries: number, pathBytes: number): void {
		const isDue = entries - this.#entries >= COUNTED_ENTRIES || pathBytes - this.#bytes >= COUNTED_BYTES;
		if (isDue) this.finish(entries, pathBytes);
	}

	/** The same, at the end. */
	finish(entries: number, pathBytes: number): void {
		if (this.#budget === null) return;
		const units = Math.floor((pathBytes - this.#bytes) / UNIT_BYTES);
		spend(this.#budget, entries - this.#entries, units);
		this.#entries = entries;
		this.#bytes += units * UNIT_BYTES;
	}
}

function spend({ paths, pathBytes, spent }: EntryBudget, entries: number, units: number): void {
	if (Atomics.add(spent, 0, entries) + entries > paths)
		throw new TarError('too-many-paths', 0, `the image has ${morePathsThan(paths)}`);
	if ((Atomics.add(spent, 1, units) + units) * UNIT_BYTES > pathBytes)
		throw new TarError('too-many-path-bytes', 0, `the image has ${morePathBytesThan(pathBytes)}`);
}

/** For an error message. */
export function morePathsThan(limit: number): string {
	return `more than ${limit} paths, the limit that max-paths sets`;
}

/** For an error message. */
export function morePathBytesThan(limit: number): string {
	return `paths of more than ${limit} bytes in total, the limit that max-path-bytes sets`;
}

export const maxPathsHint =
	'--max-paths with a larger number, or --max-paths off for no limit, if there is enough memory.';

export const maxPathBytesHint =
	'--max-path-bytes with a larger size, or --max-path-bytes off for no limit, if there is enough memory.';
