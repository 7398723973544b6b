import { FILE } from '../tar/changeset.ts';
import { withRoom } from '../tar/grow.ts';
import { NO_ENTRY } from './file-tree.ts';
import type { LayerStacker } from './layer-stacker.ts';

/** The nodes that the present layer touches, with what they were before, and how many names each inode has. */
export class TouchedNodes {
	readonly #stacker: LayerStacker;
	/** Where each node stands in the lists below; to be believed only where the list agrees. */
	#slots = new Int32Array(1024);
	#count = 0;
	#nodes = new Int32Array(1024);
	#entriesBefore = new Int32Array(1024);
	#carriersBefore = new Int32Array(1024);
	/** Visible names of each inode, by carrier. */
	readonly #names: Uint32Array;

	constructor(stacker: LayerStacker) {
		this.#stacker = stacker;
		this.#names = new Uint32Array(stacker.entries.count);
	}

	reserve(count: number): void {
		this.#slots = withRoom(this.#slots, count);
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

	/** Records a touch for every node that is not what it was, and the inodes that lost their last name. */
	finishLayer(layer: number): void {
		const { current, carriers, touches } = this.#stacker;
		const vanished: number[] = [];
		for (let index = 0; index < this.#count; index++) {
			const node = this.#nodes[index];
			const entry = current[node];
			if (entry === this.#entriesBefore[index]) continue;
			const carrier = carriers[node];
			const touch = touches.push({ node, layer, entry, carrier });
			if (carrier >= 0) this.#names[carrier] += 1;
			const before = this.#carriersBefore[index];
			if (before < 0) continue;
			this.#names[before] -= 1;
			vanished.push(before, touch);
		}
		this.#recordDeaths(layer, vanished);
		this.#count = 0;
	}

	/** `vanished` holds pairs: the carrier that lost a name, and the touch that took it. */
	#recordDeaths(layer: number, vanished: readonly number[]): void {
		const { entries, deaths } = this.#stacker;
		const causes = new Map<number, number>();
		for (let index = 0; index < vanished.length; index += 2) {
			const carrier = vanished[index];
			if (this.#names[carrier] > 0 || entries.kindOf(carrier) !== FILE || entries.bytesOf(carrier) === 0)
				continue;
			const known = causes.get(carrier) ?? NO_ENTRY;
			causes.set(carrier, this.#tellingTouch(carrier, known, vanished[index + 1]));
		}
		for (const [carrier, touch] of causes) deaths.push({ carrier, culprit: layer, touch });
	}

	/** Of the touches that took names of one inode in one layer, the one at the carrying path tells the cause, else the first by path. */
	#tellingTouch(carrier: number, left: number, right: number): number {
		if (left === NO_ENTRY) return right;
		const { touches, entryNodes } = this.#stacker;
		const own = entryNodes[carrier];
		if (touches.nodes[left] === own) return left;
		if (touches.nodes[right] === own) return right;
		return this.#comesFirst(touches.nodes[left], touches.nodes[right]) ? left : right;
	}

	#comesFirst(left: number, right: number): boolean {
		return (
			Buffer.compare(Buffer.from(this.#stacker.pathOf(left)), Buffer.from(this.#stacker.pathOf(right))) < 0
		);
	}
}
