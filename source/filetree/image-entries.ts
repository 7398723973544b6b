import { type Changeset, DIRECTORY, FILE, stringAt } from '../tar/changeset.ts';
import { IMPLIED_DIRECTORY } from './file-tree.ts';

/** The entries of all layers under one numbering: layer after layer, in tar order. */
export class ImageEntries {
	readonly changesets: readonly Changeset[];
	/** The number of each layer's first entry; one more item than there are layers. */
	readonly starts: Uint32Array;
	readonly #layers: Uint16Array;

	constructor(changesets: readonly Changeset[]) {
		this.changesets = changesets;
		this.starts = new Uint32Array(changesets.length + 1);
		for (const [layer, { count }] of changesets.entries())
			this.starts[layer + 1] = this.starts[layer] + count;
		this.#layers = new Uint16Array(this.starts[changesets.length]);
		for (let layer = 0; layer < changesets.length; layer++) {
			this.#layers.fill(layer, this.starts[layer], this.starts[layer + 1]);
		}
	}

	get count(): number {
		return this.#layers.length;
	}

	layerOf(entry: number): number {
		return this.#layers[entry];
	}

	/** The entry's index in its layer's changeset. */
	indexOf(entry: number): number {
		return entry - this.starts[this.#layers[entry]];
	}

	kindOf(entry: number): number {
		return entry === IMPLIED_DIRECTORY
			? DIRECTORY
			: this.changesets[this.#layers[entry]].kinds[this.indexOf(entry)];
	}

	/** Regular-file bytes that the entry carries: 0 for what is no regular file, and for no entry. */
	bytesOf(entry: number): number {
		return entry < 0 ? 0 : this.changesets[this.#layers[entry]].sizes[this.indexOf(entry)];
	}

	targetOf(entry: number): Uint8Array {
		return stringAt(this.changesets[this.#layers[entry]].targets, this.indexOf(entry));
	}

	/** Whether mode, owner and group are the same. */
	sameAttributes(left: number, right: number): boolean {
		return (
			this.#mode(left) === this.#mode(right) &&
			this.#uid(left) === this.#uid(right) &&
			this.#gid(left) === this.#gid(right)
		);
	}

	/** Whether two entries are one and the same place of one blob, which layers may share. */
	samePlace(left: number, right: number): boolean {
		return (
			left === right ||
			(this.indexOf(left) === this.indexOf(right) &&
				this.changesets[this.layerOf(left)].positions === this.changesets[this.layerOf(right)].positions)
		);
	}

	isFile(entry: number): boolean {
		return entry >= 0 && this.kindOf(entry) === FILE;
	}

	#mode(entry: number): number {
		return entry < 0 ? 0o755 : this.changesets[this.#layers[entry]].modes[this.indexOf(entry)];
	}

	#uid(entry: number): number {
		return entry < 0 ? 0 : this.changesets[this.#layers[entry]].uids[this.indexOf(entry)];
	}

	#gid(entry: number): number {
		return entry < 0 ? 0 : this.changesets[this.#layers[entry]].gids[this.indexOf(entry)];
	}
}
