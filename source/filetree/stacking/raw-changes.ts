import { discard, withRoom } from '../../columns/grow.ts';

/** Changes of nodes in the order in which they were found while stacking: by layer. */
export class RawChanges {
	count = 0;
	nodes = new Int32Array(1024);
	layers = new Uint16Array(1024);
	/** What is there afterwards: an entry, image-wide, NO_ENTRY or IMPLIED_DIRECTORY. */
	entries = new Int32Array(1024);
	/** The entry that carries the content: the entry itself, the target of a hard link; NO_ENTRY where nothing does. */
	carriers = new Int32Array(1024);
	/** The layer that changes nodes at present. */
	layer = 0;

	push(node: number, entry: number, carrier: number): void {
		const index = this.count;
		if (index === this.nodes.length) this.#grow(index + 1);
		this.count += 1;
		this.nodes[index] = node;
		this.layers[index] = this.layer;
		this.entries[index] = entry;
		this.carriers[index] = carrier;
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		for (const column of [this.nodes, this.layers, this.entries, this.carriers]) discard(column);
	}

	#grow(needed: number): void {
		this.nodes = withRoom(this.nodes, needed);
		this.layers = withRoom(this.layers, needed);
		this.entries = withRoom(this.entries, needed);
		this.carriers = withRoom(this.carriers, needed);
	}
}

/** An inode that lost its last visible name, or that never had one. */
export interface RawDeath {
	/** The entry that carried the bytes. */
	readonly carrier: number;
	readonly culprit: number;
	/** The change that tells the cause; NO_ENTRY where the entry was superseded in its own layer. */
	readonly change: number;
}

export class RawDeaths {
	count = 0;
	carriers = new Int32Array(64);
	culprits = new Uint16Array(64);
	changes = new Int32Array(64);

	push({ carrier, culprit, change }: RawDeath): void {
		const index = this.count;
		this.count += 1;
		this.carriers = withRoom(this.carriers, this.count);
		this.culprits = withRoom(this.culprits, this.carriers.length);
		this.changes = withRoom(this.changes, this.carriers.length);
		this.carriers[index] = carrier;
		this.culprits[index] = culprit;
		this.changes[index] = change;
	}
}
