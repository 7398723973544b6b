/** The size of a block; the last one of a layer may be shorter. */
export const BLOCK_BYTES = 256 * 1024;

/** The most that is cached, of all layers together. */
const MOST_BLOCKS = (64 * 1024 * 1024) / BLOCK_BYTES;

/** How far behind the last one blocks are worth keeping at all: what is older would be pushed out. */
export const MOST_CACHED_BLOCKS = MOST_BLOCKS;

/** Blocks of unpacked layers, of which those that were not asked for the longest give way to new ones. */
export class CachedBlocks {
	readonly #blocks = new Map<string, Uint8Array>();

	get(layer: string, index: number): Uint8Array | undefined {
		const key = keyOf(layer, index);
		const block = this.#blocks.get(key);
		if (block !== undefined) this.#put(key, block);
		return block;
	}

	add(layer: string, index: number, block: Uint8Array): void {
		this.#put(keyOf(layer, index), block);
		const [oldest] = this.#blocks.keys();
		if (this.#blocks.size > MOST_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
	}

	clear(): void {
		this.#blocks.clear();
	}

	/** A map has its keys in the order in which they were added. */
	#put(key: string, block: Uint8Array): void {
		this.#blocks.delete(key);
		this.#blocks.set(key, block);
	}
}

function keyOf(layer: string, index: number): string {
	return `${index} ${layer}`;
}
