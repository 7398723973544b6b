import { isWorthCaching, type Microseconds } from '../../cache/kinds/kind.ts';
import { layers } from '../../cache/kinds/layers.ts';
import { diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import { lookUpLayer, type NamedGroups, storeLayer } from '../../cache/layer-facts.ts';
import { namedGroups } from '../../facts/fact-groups.ts';
import type { Changeset, FactGroup } from '../../tar/changeset.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import { FileKeys } from './file-keys.ts';
import { costOfLayer } from './reading-cost.ts';

interface Meaning {
	/** Whether it was read as a file system and not as a layer, which changes what its names mean. */
	readonly isFileSystem?: boolean;
}

interface StoredMeaning extends Meaning {
	readonly isPacked: boolean;
}

interface WantedMeaning extends Meaning {
	/** A layer that is packed has to have the facts that are wanted. */
	readonly isPacked?: boolean;
}

/** The layers of an image in files, in the cache. */
export class CachedFileLayers {
	readonly keys = new FileKeys();
	readonly #cache: LayerCache;
	/** The work to read all layers of the image. */
	readonly #cost: Microseconds;
	/** Which facts are wanted of layers that are packed. */
	readonly #facts: NamedGroups;

	private constructor(cache: LayerCache, cost: Microseconds, facts: readonly FactGroup[]) {
		this.#cache = cache;
		this.#facts = namedGroups(facts);
		this.#cost = cost;
	}

	/** Null for an image that takes so little to read that the cache is not worth it. */
	static of(
		cache: LayerCache,
		cost: Microseconds,
		facts: readonly FactGroup[] = [],
	): CachedFileLayers | null {
		return isWorthCaching('image', cost) ? new CachedFileLayers(cache, cost, facts) : null;
	}

	/** Null for a layer that is not cached. Facts of one that is not packed are read when they are asked for. Throws the system's errors. */
	lookUp(
		location: BlobLocation,
		{ isFileSystem = false, isPacked = false }: WantedMeaning = {},
	): Changeset | null {
		const request = { kind: layers, keys: [this.#keyOf(location, isFileSystem)], cost: this.#cost };
		return lookUpLayer(this.#cache, request, isPacked ? this.#facts : []);
	}

	/**
	 * Stores a layer once it is read: under its diff ID as well, for other sources, if that was worked out and the layer has the
	 * identities that they need. Throws the system's errors.
	 */
	store(
		location: BlobLocation,
		changeset: Changeset,
		{ isPacked, isFileSystem = false }: StoredMeaning,
	): void {
		const { diffId, identities } = changeset;
		const shared = diffId === null || identities === null ? [] : [diffIdKey(diffId)];
		storeLayer(
			this.#cache,
			{
				kind: layers,
				keys: [this.#keyOf(location, isFileSystem), ...shared],
				cost: costOfLayer(changeset, isPacked),
				isCurrent: () => this.keys.isUnchanged(location.path),
			},
			{ changeset, groups: this.#facts },
		);
	}

	#keyOf(location: BlobLocation, isFileSystem: boolean): string {
		return `${this.keys.keyOf(location)}${isFileSystem ? '\nof a file system' : ''}`;
	}
}
