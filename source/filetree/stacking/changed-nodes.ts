import { discard, withRoom } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import { NO_ENTRY } from '../file-tree.ts';
import { Blame } from './blame.ts';
import type { StackState } from './stack-state.ts';

/** Changes that take about a millisecond. */
const CHANGES_A_STEP = 8192;

/** The nodes that the present layer changes, with what they were before. */
export class ChangedNodes {
	readonly #stacker: StackState;
	/** The index of each node in the lists below; valid only where the list agrees. */
	#slots: Int32Array;
	#count = 0;
	#nodes = new Int32Array(1024);
	#entriesBefore = new Int32Array(1024);
	#carriersBefore = new Int32Array(1024);
	readonly #blame: Blame;

	/** Allocates memory for `expected` nodes and entries; `reserve` makes them usable. */
	constructor(stacker: StackState, expected: number) {
		this.#stacker = stacker;
		this.#slots = new Int32Array(expected);
		this.#blame = new Blame(stacker, expected);
	}

	/** Makes room for `count` nodes. */
	reserve(count: number): void {
		this.#slots = withRoom(this.#slots, count);
	}

	/** Makes room for the entries `[from, to)`; those before `from` have theirs. */
	reserveEntries(from: number, to: number): void {
		this.#blame.reserve(from, to);
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		for (const column of [this.#slots, this.#nodes, this.#entriesBefore, this.#carriersBefore])
			discard(column);
		this.#blame.discard();
	}

	/** Notes what a node is; to be called before it changes. */
	add(node: number): void {
		const slot = this.#slots[node];
		if (slot < this.#count && this.#nodes[slot] === node) return;
		const index = this.#count;
		if (index === this.#nodes.length) {
			this.#nodes = withRoom(this.#nodes, index + 1);
			this.#entriesBefore = withRoom(this.#entriesBefore, this.#nodes.length);
			this.#carriersBefore = withRoom(this.#carriersBefore, this.#nodes.length);
		}
		this.#count += 1;
		this.#slots[node] = index;
		this.#nodes[index] = node;
		this.#entriesBefore[index] = this.#stacker.current[node];
		this.#carriersBefore[index] = this.#stacker.carriers[node];
	}

	/** Notes that an entry of the present layer gave way to a later one. */
	supersede(entry: number): void {
		this.#blame.supersede(entry);
	}

	/** Records a change for every node that is not what it was, and the inodes that lost their last name. */
	*finishLayer(layer: number): Steps<void> {
		const { changes } = this.#stacker;
		const firstChange = changes.count;
		changes.layer = layer;
		yield* inParts(this.#count, CHANGES_A_STEP, (from, to) => this.#recordSome(from, to));
		yield* this.#blame.recordDeaths(layer, firstChange, {
			count: this.#count,
			nodes: this.#nodes,
			carriersBefore: this.#carriersBefore,
		});
		this.#count = 0;
	}

	#recordSome(from: number, to: number): void {
		const { current, carriers, changes, candidates } = this.#stacker;
		for (let index = from; index < to; index++) {
			const node = this.#nodes[index];
			const entry = current[node];
			const isChange = entry !== this.#entriesBefore[index];
			if (isChange) {
				const carrier = carriers[node];
				changes.push(node, entry, carrier);
				if (carrier >= 0) {
					this.#blame.addName(carrier);
					candidates.note(node, carrier);
				}
			} else this.#carriersBefore[index] = NO_ENTRY;
			const before = this.#carriersBefore[index];
			if (before >= 0) this.#blame.removeName(before);
		}
	}
}
