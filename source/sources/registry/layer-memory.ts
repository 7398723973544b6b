import { blobKey, type CacheKey, diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { RegistryLayer } from './registry-layer.ts';

/** How the contents of a layer were told apart: with the key of the cache, or by SHA-256 alone (`content-identity.ts`). */
export type IdentityScheme = 'keyed' | 'plain';

/** What of a registry's layers the cache has. The two schemes are kept apart, as they cannot be compared with each other. */
export class LayerMemory {
	readonly #cache: LayerCache;
	readonly #found = new Map<CacheKey, Changeset | null>();
	readonly #isTrusted: boolean;

	/** Where it is not trusted nothing is known of it, and all is kept in it. */
	constructor(cache: LayerCache, isTrusted: boolean) {
		this.#cache = cache;
		this.#isTrusted = isTrusted;
	}

	/** A layer that was read whole. The blob itself goes before another one that had the same content when unpacked. */
	whole({ digest, diffId }: RegistryLayer, scheme: IdentityScheme): Changeset | null {
		const byBlob = this.#find(inScheme(blobKey(digest), scheme));
		return byBlob ?? (diffId === null ? null : this.#find(inScheme(diffIdKey(diffId), scheme)));
	}

	hasWhole(layer: RegistryLayer, scheme: IdentityScheme): boolean {
		return this.whole(layer, scheme) !== null;
	}

	/** To be given only what was read of a blob that has its digest. */
	keepWhole({ digest }: RegistryLayer, scheme: IdentityScheme, changeset: Changeset): void {
		const { diffId } = changeset;
		const keys = [blobKey(digest), ...(diffId === null ? [] : [diffIdKey(diffId)])];
		this.#cache.keepLayer(
			keys.map((key) => inScheme(key, scheme)),
			changeset,
		);
	}

	/** A layer of which the table of contents was read: the blob may hold anything else, so it is not kept under its digest alone. */
	toc(layer: RegistryLayer): Changeset | null {
		return layer.toc === null ? null : this.#find(tocKey(layer));
	}

	/** What a layer that was got in one of the two ways is known by. */
	keyOf(layer: RegistryLayer, way: IdentityScheme | 'toc'): CacheKey {
		return way === 'toc' ? tocKey(layer) : inScheme(blobKey(layer.digest), way);
	}

	keepToc(layer: RegistryLayer, changeset: Changeset): void {
		this.#cache.keepLayer([tocKey(layer)], changeset);
	}

	/** Each is looked for once, as reading it takes time. */
	#find(key: CacheKey): Changeset | null {
		const known = this.#found.get(key);
		if (known !== undefined) return known;
		const found = this.#isTrusted ? this.#cache.layer(key) : null;
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
