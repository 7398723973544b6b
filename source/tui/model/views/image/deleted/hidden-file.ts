import type { DeletedFile, DeletedFiles } from '../../../../../analysis/hidden/deleted-files.ts';
import type { SecretFile, SecretFiles } from '../../../../../analysis/hidden/secret-files.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import type { ItemSource } from '../../list/item-source.ts';

/** A file that is shipped and cannot be seen in the end, or can be seen and looks secret. */
export interface HiddenFile {
	readonly node: number;
	readonly bytes: number;
	/** The layer that ships it, 0-based. */
	readonly layerIndex: number;
	/** The layer that took it away, 0-based; null while it is visible. */
	readonly removedBy: number | null;
	readonly cause: DeletedFile['cause'] | 'visible';
	readonly secrets: SecretFile['secrets'];
	readonly isLikelyExample: boolean;
}

/**
 * What looks secret first, then the largest of what is deleted, and at the end what can be seen and is likely an example. Each deleted file is put
 * together only when it is looked at.
 */
export class HiddenFiles implements ItemSource<HiddenFile> {
	readonly #deleted: DeletedFiles;
	readonly #examples: ReadonlySet<number>;
	readonly #first: readonly HiddenFile[];
	readonly #last: readonly HiddenFile[];
	/** How many of them can be seen. */
	readonly visibleCount: number;
	/** The ranks of the deleted files that are among the first, ascending. */
	readonly #takenRanks: readonly number[];

	constructor(deleted: DeletedFiles, { files }: SecretFiles, tree: FileTree) {
		this.#deleted = deleted;
		this.#examples = new Set(files.filter(({ isLikelyExample }) => isLikelyExample).map(({ node }) => node));
		const visible = files
			.filter(({ visibleNode }) => visibleNode !== null)
			.map((file) => ofVisible(file, tree));
		this.visibleCount = visible.length;
		this.#takenRanks = deleted.secretRanks.filter((rank) => !this.#deletedAt(rank).isLikelyExample);
		this.#first = [
			...this.#takenRanks.map((rank) => this.#deletedAt(rank)),
			...visible.filter(({ isLikelyExample }) => !isLikelyExample),
		];
		this.#last = visible.filter(({ isLikelyExample }) => isLikelyExample);
	}

	get length(): number {
		return this.#endOfDeleted + this.#last.length;
	}

	slice(start: number, end: number): readonly HiddenFile[] {
		const items = [...this.#first.slice(start, end)];
		const to = Math.min(end, this.#endOfDeleted);
		for (let index = Math.max(start, this.#first.length); index < to; index++)
			items.push(this.#deletedAt(this.#rankOf(index - this.#first.length)));
		const from = Math.max(0, start - this.#endOfDeleted);
		return [...items, ...this.#last.slice(from, Math.max(0, end - this.#endOfDeleted))];
	}

	get #endOfDeleted(): number {
		return this.#first.length + this.#deleted.length - this.#takenRanks.length;
	}

	#deletedAt(rank: number): HiddenFile {
		const [{ node, bytes, layerIndex, removedBy, cause, secrets }] = this.#deleted.slice(rank, rank + 1);
		const isLikelyExample = secrets.length > 0 && this.#examples.has(node);
		return { node, bytes, layerIndex, removedBy, cause, secrets, isLikelyExample };
	}

	/** The rank among all deleted files of the one with this rank among those that are not among the first. */
	#rankOf(place: number): number {
		const ranks = this.#takenRanks;
		let [low, high] = [0, ranks.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (ranks[middle] - middle <= place) low = middle + 1;
			else high = middle;
		}
		return place + low;
	}
}

function ofVisible({ node, layers, secrets, isLikelyExample }: SecretFile, tree: FileTree): HiddenFile {
	const layerIndex = layers[layers.length - 1];
	const bytes = bytesIn(tree, node, layerIndex);
	return { node, bytes, layerIndex, removedBy: null, cause: 'visible', secrets, isLikelyExample };
}

/** What a path carries after a layer. */
function bytesIn({ changeStarts, changeLayers, changeBytes }: FileTree, node: number, layer: number): number {
	for (let change = changeStarts[node]; change < changeStarts[node + 1]; change++)
		if (changeLayers[change] === layer) return changeBytes[change];
	return 0;
}
