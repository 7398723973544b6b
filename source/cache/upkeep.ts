import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CacheLimits, prune, removeUnfinished } from './prune.ts';
import { writeWhole } from './write-file.ts';

/** When the cache was last pruned, and how much was written since. */
interface Record {
	readonly prunedAt: number;
	readonly writtenBytes: number;
}

export const UPKEEP_FILE = 'upkeep.json';
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** The share of its size by which the cache may exceed it before it is pruned. */
const OVERSHOOT = 0.1;

/**
 * Prunes the cache after something was written to it. Listing its files takes time, so it does that only once a day, or when much was
 * written since. What processes that were killed had not finished goes with the first writing. What fails is tried again the next time.
 */
export class Upkeep {
	readonly #folder: string;
	readonly #limits: CacheLimits;
	#hasRemovedUnfinished = false;

	constructor(folder: string, limits: CacheLimits) {
		this.#folder = folder;
		this.#limits = limits;
	}

	afterWriting(bytes: number): void {
		const now = Date.now();
		const before = this.#read() ?? { prunedAt: now, writtenBytes: 0 };
		const record = { ...before, writtenBytes: before.writtenBytes + bytes };
		const isDue =
			Math.abs(now - record.prunedAt) > DAY_MILLISECONDS ||
			record.writtenBytes > (this.#limits.maximumBytes ?? Infinity) * OVERSHOOT;
		try {
			if (isDue) prune(this.#folder, this.#limits, now);
			else if (!this.#hasRemovedUnfinished) removeUnfinished(this.#folder, now);
			this.#hasRemovedUnfinished = true;
			this.#write(isDue ? { prunedAt: now, writtenBytes: 0 } : record);
		} catch {
			// Pruning only saves room: a failure changes nothing of what was read.
		}
	}

	#write(record: Record): void {
		writeWhole(join(this.#folder, UPKEEP_FILE), [Buffer.from(JSON.stringify(record))]);
	}

	#read(): Record | null {
		try {
			const { prunedAt, writtenBytes } = JSON.parse(readFileSync(join(this.#folder, UPKEEP_FILE), 'utf8'));
			return Number.isFinite(prunedAt) && Number.isFinite(writtenBytes) ? { prunedAt, writtenBytes } : null;
		} catch {
			return null;
		}
	}
}
