import { isWorthCaching, type Microseconds } from '../../cache/kinds/kind.ts';
import { layers } from '../../cache/kinds/layers.ts';
import { diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import { FileKeys } from './file-keys.ts';
import { costOfLayer } from './reading-cost.ts';

/** The layers of an image in files, in the cache. */
export class CachedFileLayers {
	readonly keys = new FileKeys();
	readonly #cache: LayerCache;
	/** The work to read all layers of the image. */
	readonly #cost: Microseconds;

	private constructor(cache: LayerCache, cost: Microseconds) {
		this.#cache = cache;
		this.#cost = cost;
	}

	/** Null for an image that takes so little to read that the cache is not worth it. */
	static of(cache: LayerCache, cost: Microseconds): CachedFileLayers | null {
		return isWorthCaching('image', cost) ? new CachedFileLayers(cache, cost) : null;
	}

	/** Null for a layer that is not cached. Throws the system's errors. */
	lookUp(location: BlobLocation): Changeset | null {
		return this.#cache.lookUp({ kind: layers, keys: [this.keys.keyOf(location)], cost: this.#cost });
	}

	/**
	 * Stores a layer once it is read: under its diff ID as well, for other sources, if that was worked out and the layer has the
	 * identities that they need. Throws the system's errors.
	 */
	store(location: BlobLocation, changeset: Changeset, isPacked: boolean): void {
		const { diffId, identities } = changeset;
		const shared = diffId === null || identities === null ? [] : [diffIdKey(diffId)];
		this.#cache.store(
			{
				kind: layers,
				keys: [this.keys.keyOf(location), ...shared],
				cost: costOfLayer(changeset, isPacked),
				isCurrent: () => this.keys.isUnchanged(location.path),
			},
			changeset,
		);
	}
}
