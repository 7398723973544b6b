import { discard, withRoom } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import { NO_ENTRY } from '../file-tree.ts';
import { comesFirst } from './order/path-order.ts';
import type { StackState } from './stack-state.ts';

/** Changes that take about a millisecond. */
const CHANGES_A_STEP = 4096;

/** The nodes that one layer changed. The first `count` items of each column are theirs. */
export interface ChangedColumns {
	readonly count: number;
	readonly nodes: Int32Array;
	/** The carrier that each node had before; NO_ENTRY where it still has it. */
	readonly carriersBefore: Int32Array;
}

/**
 * Who is to blame for a dead inode: the layer that takes away its last visible name, and of that layer's changes the one whose kind is
 * the cause of the waste.
 */
export class Blame {
	readonly #stacker: StackState;
	/** Visible names of each inode, by carrier. */
	#names: Uint32Array;
	/** Of each inode that lost its last name, the change that tells why. */
	#decidingChanges: Int32Array;
	/** Entries of the present layer that a later one took the place of. Hard links may be left of what they carry. */
	#superseded: number[] = [];

	/** Allocates memory for `expected` entries; `reserve` makes them usable. */
	constructor(stacker: StackState, expected: number) {
		this.#stacker = stacker;
		this.#names = new Uint32Array(expected);
		this.#decidingChanges = new Int32Array(expected);
	}

	/** Makes room for the entries `[from, to)`; those before `from` have theirs. */
	reserve(from: number, to: number): void {
		this.#names = withRoom(this.#names, to);
		this.#decidingChanges = withRoom(this.#decidingChanges, to).fill(NO_ENTRY, from, to);
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		for (const column of [this.#names, this.#decidingChanges]) discard(column);
	}

	addName(carrier: number): void {
		this.#names[carrier] += 1;
	}

	removeName(carrier: number): void {
		this.#names[carrier] -= 1;
	}

	/** Notes that an entry of the present layer gave way to a later one. */
	supersede(entry: number): void {
		this.#superseded.push(entry);
	}

	/**
	 * Records the inodes that lost their last name in a layer, and those of the layer itself that have none at its end. The layer's
	 * changes, from `firstChange` on, are in the order of the nodes that changed.
	 */
	*recordDeaths(layer: number, firstChange: number, columns: ChangedColumns): Steps<void> {
		const { deaths } = this.#stacker;
		const firstDeath = deaths.count;
		let change = firstChange;
		yield* inParts(columns.count, CHANGES_A_STEP, (from, to) => {
			change = this.#recordSome(layer, { ...columns, from, to, change });
		});
		for (let death = firstDeath; death < deaths.count; death++)
			deaths.changes[death] = this.#decidingChanges[deaths.carriers[death]];
		const superseded = this.#superseded;
		this.#superseded = [];
		yield* inParts(superseded.length, CHANGES_A_STEP, (from, to) => {
			for (let index = from; index < to; index++) {
				const carrier = superseded[index];
				if (this.#isDead(carrier)) deaths.push({ carrier, culprit: layer, change: NO_ENTRY });
			}
		});
	}

	/** Gives the change after the last one of these nodes. */
	#recordSome(layer: number, { nodes, carriersBefore, from, to, change: first }: Part): number {
		const { deaths, changes } = this.#stacker;
		let change = first;
		for (let index = from; index < to; index++) {
			const carrier = carriersBefore[index];
			const isChange = change < changes.count && changes.nodes[change] === nodes[index];
			if (carrier >= 0 && this.#isDead(carrier)) {
				const known = this.#decidingChanges[carrier];
				this.#decidingChanges[carrier] = this.#decidingChange(carrier, known, change);
				if (known === NO_ENTRY) deaths.push({ carrier, culprit: layer, change: NO_ENTRY });
			}
			if (isChange) change += 1;
		}
		return change;
	}

	/** Whether an inode with bytes has no visible name. */
	#isDead(carrier: number): boolean {
		const { entries } = this.#stacker;
		return this.#names[carrier] === 0 && entries.isFile(carrier) && entries.bytesOf(carrier) > 0;
	}

	/** Of the changes that took names of one inode in one layer, the one at the carrying path tells the cause, else the first by path. */
	#decidingChange(carrier: number, left: number, right: number): number {
		if (left === NO_ENTRY) return right;
		const { changes, entryNodes, nodes } = this.#stacker;
		const own = entryNodes[carrier];
		if (changes.nodes[left] === own) return left;
		if (changes.nodes[right] === own) return right;
		return comesFirst(nodes, changes.nodes[left], changes.nodes[right]) ? left : right;
	}
}

interface Part extends ChangedColumns {
	readonly from: number;
	readonly to: number;
	/** The layer's first change that belongs to these nodes. */
	readonly change: number;
}
