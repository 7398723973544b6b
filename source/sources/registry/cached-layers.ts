import { fetchedLayer } from '../../cache/fetched.ts';
import { blobKey, type CacheKey, diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import { lookUpLayer, type NamedGroups, storeLayer } from '../../cache/layer-facts.ts';
import { namedGroups } from '../../facts/fact-groups.ts';
import type { Changeset, FactGroup } from '../../tar/changeset.ts';
import type { IdentityScheme } from '../../tar/content-identity.ts';
import type { RegistryLayer } from './registry-layer.ts';

/** The layers of a registry in the cache. Those of the two schemes have different keys, as they cannot be compared with each other. */
export class CachedLayers {
	readonly #cache: LayerCache;
	readonly #facts: NamedGroups;
	readonly #found = new Map<CacheKey, Changeset | null>();

	/** Facts are wanted of layers that are read whole. */
	constructor(cache: LayerCache, facts: readonly FactGroup[]) {
		this.#cache = cache;
		this.#facts = namedGroups(facts);
	}

	/** A layer that was read whole: of the blob itself, else of another blob with the same unpacked content. */
	whole({ digest, diffId }: RegistryLayer, scheme: IdentityScheme): Changeset | null {
		const byBlob = this.#lookUp(inScheme(blobKey(digest), scheme), this.#facts);
		if (byBlob !== null || diffId === null) return byBlob;
		return this.#lookUp(inScheme(diffIdKey(diffId), scheme), this.#facts);
	}

	hasWhole(layer: RegistryLayer, scheme: IdentityScheme): boolean {
		return this.whole(layer, scheme) !== null;
	}

	/** Only for what was read of a blob that has its digest. */
	storeWhole({ digest }: RegistryLayer, scheme: IdentityScheme, changeset: Changeset): void {
		const { diffId } = changeset;
		const keys = [blobKey(digest), ...(diffId === null ? [] : [diffIdKey(diffId)])];
		const request = fetchedLayer(...keys.map((key) => inScheme(key, scheme)));
		storeLayer(this.#cache, request, { changeset, groups: this.#facts });
	}

	/** A layer whose table of contents was read. Its blob may hold anything else, so its key is not the digest of the blob alone. */
	toc(layer: RegistryLayer): Changeset | null {
		return layer.toc === null ? null : this.#lookUp(tocKey(layer), []);
	}

	storeToc(layer: RegistryLayer, changeset: Changeset): void {
		this.#cache.store(fetchedLayer(tocKey(layer)), changeset);
	}

	/** The key of a layer that was read in one of these ways. */
	keyOf(layer: RegistryLayer, way: IdentityScheme | 'toc'): CacheKey {
		return way === 'toc' ? tocKey(layer) : inScheme(blobKey(layer.digest), way);
	}

	/** Looks for each key once, as reading a layer takes time. */
	#lookUp(key: CacheKey, facts: NamedGroups): Changeset | null {
		const known = this.#found.get(key);
		if (known !== undefined) return known;
		const found = lookUpLayer(this.#cache, fetchedLayer(key), facts);
		this.#found.set(key, found);
		return found;
	}
}

function inScheme(key: CacheKey, scheme: IdentityScheme): CacheKey {
	return scheme === 'keyed' ? key : `${key} sha256`;
}

function tocKey({ digest, toc }: RegistryLayer): CacheKey {
	return `toc ${toc?.digest} of ${digest}`;
}
