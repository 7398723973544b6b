import { discard, withRoom } from '../../columns/grow.ts';
import { NO_ENTRY } from '../file-tree.ts';
import type { StackState } from './stack-state.ts';

/** The nodes that the present layer changes, with what they were before, and how many names each inode has. */
export class ChangedNodes {
	readonly #stacker: StackState;
	/** Where each node stands in the lists below; to be believed only where the list agrees. */
	#slots: Int32Array;
	#count = 0;
	#nodes = new Int32Array(1024);
	#entriesBefore = new Int32Array(1024);
	#carriersBefore = new Int32Array(1024);
	/** Visible names of each inode, by carrier. */
	#names: Uint32Array;
	/** Of each inode that lost its last name, the change that tells why. */
	#decidingChanges: Int32Array;

	/** Starts with memory for so many nodes and entries; room for them is still to be made. */
	constructor(stacker: StackState, expected: number) {
		this.#stacker = stacker;
		this.#slots = new Int32Array(expected);
		this.#names = new Uint32Array(expected);
		this.#decidingChanges = new Int32Array(expected);
	}

	/** Makes room for so many nodes. */
	reserve(count: number): void {
		this.#slots = withRoom(this.#slots, count);
	}

	/** Makes room for the entries `[from, to)`; those before `from` have theirs. */
	reserveEntries(from: number, to: number): void {
		this.#names = withRoom(this.#names, to);
		this.#decidingChanges = withRoom(this.#decidingChanges, to).fill(NO_ENTRY, from, to);
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		const lists = [this.#slots, this.#nodes, this.#entriesBefore, this.#carriersBefore];
		for (const column of [...lists, this.#names, this.#decidingChanges]) discard(column);
	}

	/** Remembers what a node was; to be called before it changes. */
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

	/** Records a change for every node that is not what it was, and the inodes that lost their last name. */
	finishLayer(layer: number): void {
		const { current, carriers, changes, candidates } = this.#stacker;
		const firstChange = changes.count;
		changes.layer = layer;
		for (let index = 0; index < this.#count; index++) {
			const node = this.#nodes[index];
			const entry = current[node];
			const isChange = entry !== this.#entriesBefore[index];
			if (isChange) {
				const carrier = carriers[node];
				changes.push(node, entry, carrier);
				if (carrier >= 0) {
					this.#names[carrier] += 1;
					candidates.note(node, carrier);
				}
			} else this.#carriersBefore[index] = NO_ENTRY;
			const before = this.#carriersBefore[index];
			if (before >= 0) this.#names[before] -= 1;
		}
		this.#recordDeaths(layer, firstChange);
		this.#count = 0;
	}

	/** The changes of the layer, from `firstChange` on, are in the order of the changed nodes that changed. */
	#recordDeaths(layer: number, firstChange: number): void {
		const { entries, deaths, changes } = this.#stacker;
		const firstDeath = deaths.count;
		let change = firstChange;
		for (let index = 0; index < this.#count; index++) {
			const carrier = this.#carriersBefore[index];
			const isChange = change < changes.count && changes.nodes[change] === this.#nodes[index];
			if (
				carrier >= 0 &&
				this.#names[carrier] === 0 &&
				entries.isFile(carrier) &&
				entries.bytesOf(carrier) > 0
			) {
				const known = this.#decidingChanges[carrier];
				this.#decidingChanges[carrier] = this.#decidingChange(carrier, known, change);
				if (known === NO_ENTRY) deaths.push({ carrier, culprit: layer, change: NO_ENTRY });
			}
			if (isChange) change += 1;
		}
		for (let death = firstDeath; death < deaths.count; death++) {
			deaths.changes[death] = this.#decidingChanges[deaths.carriers[death]];
		}
	}

	/** Of the changes that took names of one inode in one layer, the one at the carrying path tells the cause, else the first by path. */
	#decidingChange(carrier: number, left: number, right: number): number {
		if (left === NO_ENTRY) return right;
		const { changes, entryNodes } = this.#stacker;
		const own = entryNodes[carrier];
		if (changes.nodes[left] === own) return left;
		if (changes.nodes[right] === own) return right;
		return this.#comesFirst(changes.nodes[left], changes.nodes[right]) ? left : right;
	}

	#comesFirst(left: number, right: number): boolean {
		return (
			Buffer.compare(Buffer.from(this.#stacker.pathOf(left)), Buffer.from(this.#stacker.pathOf(right))) < 0
		);
	}
}
