import { withRoom } from '../../columns/grow.ts';
import type { Steps } from '../../steps.ts';
import { type Both, NOT_THERE } from '../merge/merge-structure.ts';
import { longestIncreasing } from './longest-increasing.ts';
import type { TarDifference } from './tar-difference.ts';

/** An entry whose like in the other tar may be anywhere. */
export interface WaitingEntry {
	readonly index: number;
	/** As `packHeaders` gives them. */
	readonly headers: Uint8Array;
	/** SHA-256 of the stored content, then of its padding. */
	readonly content: Uint8Array;
	readonly padding: Uint8Array;
}

/** The first place where two tars go different ways: the entry of each there, or null where it has ended. */
export type Divergence = Both<{ readonly path: string; readonly index: number } | null>;

/**
 * Finds which entries of two tars belong together where their order differs: by path, several of one path in their order. Only entries that
 * have not met their like are held.
 */
export class EntryMatching {
	readonly #waiting: Both<Map<string, WaitingEntry[]>> = [new Map(), new Map()];
	#divergence: Divergence | null = null;
	readonly #waitingCounts: [number, number] = [0, 0];
	/** The index in the new tar of each entry of the old one, from the divergence on; NOT_THERE where it has no like. */
	#newIndices = new Int32Array(0);

	/** Whether an entry of this path waits for its like, so that another one of that path must not come before it. */
	hasWaiting(path: string): boolean {
		return this.#waiting.some((entries) => entries.has(path));
	}

	get hasDiverged(): boolean {
		return this.#divergence !== null;
	}

	/** Notes where the tars go different ways first. */
	diverge([older, newer]: Divergence): void {
		this.#divergence ??= [older && placeOf(older), newer && placeOf(newer)];
	}

	/** The like of an entry of one tar, which is no longer held; null where it has not come yet, so that this one waits. */
	match(side: 0 | 1, path: string, entry: WaitingEntry): WaitingEntry | null {
		const others = this.#waiting[1 - side];
		const candidates = others.get(path);
		const found = candidates?.shift();
		if (candidates?.length === 0) others.delete(path);
		if (found !== undefined) {
			this.#waitingCounts[1 - side] -= 1;
			this.pair(side === 0 ? [entry.index, found.index] : [found.index, entry.index]);
			return found;
		}
		this.#waitingCounts[side] += 1;
		const own = this.#waiting[side].get(path);
		if (own === undefined) this.#waiting[side].set(path, [entry]);
		else own.push(entry);
		return null;
	}

	/** Notes that entries of both tars belong together. */
	pair([oldIndex, newIndex]: Both<number>): void {
		if (this.#divergence === null) return;
		const { length } = this.#newIndices;
		if (oldIndex >= length) {
			this.#newIndices = withRoom(this.#newIndices, oldIndex + 1);
			this.#newIndices.fill(NOT_THERE, length);
		}
		this.#newIndices[oldIndex] = newIndex;
	}

	/** How many entries one tar alone has, at the end. */
	get onlyCounts(): Both<number> {
		return [this.#waitingCounts[0], this.#waitingCounts[1]];
	}

	/** How many entries that both have would have to be moved for one order, at the end. */
	*outOfOrder(): Steps<number> {
		const inBoth = this.#newIndices.filter((index) => index !== NOT_THERE);
		return inBoth.length - (yield* longestIncreasing(inBoth));
	}

	/** What the first divergence is, at the end; null without one. */
	firstDifference(): TarDifference | null {
		if (this.#divergence === null) return null;
		const [older, newer] = this.#divergence;
		const newIndex = older === null ? NOT_THERE : (this.#newIndices.at(older.index) ?? NOT_THERE);
		if (older !== null && newIndex === NOT_THERE) return { kind: 'only', side: 'old', ...older };
		const oldIndex = newer === null ? NOT_THERE : this.#newIndices.indexOf(newer.index);
		if (newer !== null && oldIndex === NOT_THERE) return { kind: 'only', side: 'new', ...newer };
		if (older === null || newer === null) return null;
		// One entry that was moved far shifts the others by one place.
		const isOlder = Math.abs(newIndex - older.index) >= Math.abs(newer.index - oldIndex);
		return isOlder
			? { kind: 'order', path: older.path, oldIndex: older.index, newIndex }
			: { kind: 'order', path: newer.path, oldIndex, newIndex: newer.index };
	}
}

function placeOf({ path, index }: NonNullable<Divergence[number]>): NonNullable<Divergence[number]> {
	return { path, index };
}
