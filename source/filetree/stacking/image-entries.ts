import { withRoom } from '../../columns/grow.ts';
import { attributesAt, type Changeset, DIRECTORY, FILE, stringAt } from '../../tar/changeset.ts';
import { IMPLIED_DIRECTORY } from '../file-tree.ts';

/** The entries of all layers under one numbering: layer after layer, in tar order. Layers are added, lowest first. */
export class ImageEntries {
	/** The number of each layer's first entry, and of the entry after the last. */
	readonly starts: number[] = [0];
	readonly #changesets: Changeset[] = [];
	#layers = new Uint16Array(1024);

	get changesets(): readonly Changeset[] {
		return this.#changesets;
	}

	get count(): number {
		return this.starts[this.#changesets.length];
	}

	/** Adds the next layer. */
	add(changeset: Changeset): void {
		const from = this.count;
		const to = from + changeset.count;
		this.#layers = withRoom(this.#layers, to).fill(this.#changesets.length, from, to);
		this.#changesets.push(changeset);
		this.starts.push(to);
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
			: this.#changesets[this.#layers[entry]].kinds[this.indexOf(entry)];
	}

	/** Regular-file bytes that the entry carries: 0 for what is no regular file, and for no entry. */
	bytesOf(entry: number): number {
		return entry < 0 ? 0 : this.#changesets[this.#layers[entry]].sizes[this.indexOf(entry)];
	}

	targetOf(entry: number): Uint8Array {
		return stringAt(this.#changesets[this.#layers[entry]].targets, this.indexOf(entry));
	}

	/** Whether mode, owner and group are the same. */
	sameAttributes(left: number, right: number): boolean {
		return (
			this.#mode(left) === this.#mode(right) &&
			this.#uid(left) === this.#uid(right) &&
			this.#gid(left) === this.#gid(right)
		);
	}

	/** The digest of the entry's extended attributes; null for none, and for no entry. */
	attributesOf(entry: number): Uint8Array | null {
		if (entry < 0) return null;
		return attributesAt(this.#changesets[this.#layers[entry]], this.indexOf(entry));
	}

	/** Whether two entries are the same entry of one blob, which layers may share. */
	isSameBlobEntry(left: number, right: number): boolean {
		return (
			left === right ||
			(this.indexOf(left) === this.indexOf(right) &&
				this.#changesets[this.layerOf(left)].positions === this.#changesets[this.layerOf(right)].positions)
		);
	}

	isFile(entry: number): boolean {
		return entry >= 0 && this.kindOf(entry) === FILE;
	}

	#mode(entry: number): number {
		return entry < 0 ? 0o755 : this.#changesets[this.#layers[entry]].modes[this.indexOf(entry)];
	}

	#uid(entry: number): number {
		return entry < 0 ? 0 : this.#changesets[this.#layers[entry]].uids[this.indexOf(entry)];
	}

	#gid(entry: number): number {
		return entry < 0 ? 0 : this.#changesets[this.#layers[entry]].gids[this.indexOf(entry)];
	}
}
