import { type IdentityKey, newIdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';
import {
	type CacheKey,
	type CacheKind,
	isWorthCaching,
	type KindName,
	type Microseconds,
} from './kinds/kind.ts';

export type { CacheKey } from './kinds/kind.ts';

/** Where cached values are stored. No method throws: what fails counts as not found, or is not stored. */
export interface CacheStorage {
	/** What the content identities in layers depend on; as secret as the contents that it was used for. */
	readonly identityKey: IdentityKey;
	/** The value of a key; null if it is absent or damaged. */
	read<T extends object>(kind: CacheKind<T>, key: CacheKey): T | null;
	/** Stores a value under each of the keys. One that was read under another key is not written again. */
	write<T extends object>(kind: CacheKind<T>, keys: readonly CacheKey[], value: T): void;
	/** What went wrong, such as a full disk. */
	warnings(): readonly Warning[];
}

/** A value that may be in the cache. */
export interface CacheRequest<T extends object> {
	readonly kind: CacheKind<T>;
	/** Tried in this order; the value is stored under all of them. A function if making them takes time. */
	readonly keys: readonly CacheKey[] | (() => readonly CacheKey[]);
	/** An estimate of the work that the cache saves. For values that are looked up together, the work for all of them. */
	readonly cost: Microseconds;
	/** Asked before the value is stored: whether the keys still name what it was worked out from. By default they do. */
	readonly isCurrent?: () => boolean;
}

/** The one way to values that were read or worked out before. Methods throw only what the caller's functions throw. */
export class LayerCache {
	readonly storage: CacheStorage;
	readonly #reads: (kind: KindName) => boolean;

	/** `reads` says which kinds are looked up; by default all. */
	constructor(storage: CacheStorage, reads: (kind: KindName) => boolean = () => true) {
		this.storage = storage;
		this.#reads = reads;
	}

	/** What the content identities in cached layers depend on; as secret as the contents that it was used for. */
	get identityKey(): IdentityKey {
		return this.storage.identityKey;
	}

	/** The value from the cache, else the one that `compute` gives, which is then stored. A value that costs too little is only computed. */
	async through<T extends object>(request: CacheRequest<T>, compute: () => Promise<T>): Promise<T> {
		if (!isWorthCaching(request.kind.name, request.cost)) return compute();
		const known = { ...request, keys: keysOf(request) };
		const found = this.lookUp(known);
		if (found !== null) return found;
		const value = await compute();
		this.store(known, value);
		return value;
	}

	/** The first half of `through`, for values that are looked up together before the missing ones are worked out. */
	lookUp<T extends object>(request: CacheRequest<T>): T | null {
		const { kind, cost } = request;
		if (!isWorthCaching(kind.name, cost) || !this.#reads(kind.name)) return null;
		for (const key of keysOf(request)) {
			const value = this.storage.read(kind, key);
			if (value !== null) return value;
		}
		return null;
	}

	/** The second half of `through`. */
	store<T extends object>(request: CacheRequest<T>, value: T): void {
		const { kind, cost, isCurrent } = request;
		if (!isWorthCaching(kind.name, cost) || isCurrent?.() === false) return;
		this.storage.write(kind, keysOf(request), value);
	}

	/** What the user should know of the cache, such as a full disk, once everything is read. */
	warnings(): readonly Warning[] {
		return this.storage.warnings();
	}
}

function keysOf({ keys }: Pick<CacheRequest<object>, 'keys'>): readonly CacheKey[] {
	return typeof keys === 'function' ? keys() : keys;
}

/** Finds and stores nothing: for `--no-cache`, and for callers that want no cache. */
export function noCache(): LayerCache {
	const identityKey = newIdentityKey();
	return new LayerCache({ identityKey, read: () => null, write: () => {}, warnings: () => [] }, () => false);
}

/** The cache of a run that reads everything (`--verify`): it stores all kinds, but finds only documents, which their digests prove. */
export function readingAll({ storage }: LayerCache): LayerCache {
	return new LayerCache(storage, (kind) => kind === 'document');
}

/** The key of a layer by the SHA-256 of its uncompressed tar. Only for content that was found to have it, by us or by an engine. */
export function diffIdKey(diffId: string): CacheKey {
	return `diff-id ${diffId}`;
}

/** The key of a layer by the digest of its blob as stored. Only for blobs that were found to have it. */
export function blobKey(digest: string): CacheKey {
	return `blob ${digest}`;
}
