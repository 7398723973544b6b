import type { CacheKey } from './kinds/kind.ts';

/** Where in the cache the values are that are worked out from all layers of an image. */
export interface CacheAddress {
	/** Names all layers in their order. */
	readonly key: CacheKey;
	/** The key of each layer, lowest first; null where only all of them together have one. */
	readonly layerKeys: readonly CacheKey[] | null;
	/** Whether the layers are still what they were when the key was made. */
	readonly isCurrent: () => boolean;
}
