import type { IdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';
import { type CacheLocation, CacheStore } from './cache-store.ts';
import { type CacheKey, type CacheKind, kindNamed } from './kinds/kind.ts';
import type { CacheStorage } from './layer-cache.ts';
import type { CacheLimits } from './prune.ts';
import type { Sealed } from './sealed-file.ts';
import { Upkeep } from './upkeep.ts';

/** A layer that is found in ever new archives would else get ever more keys. The file of a key that is dropped here stays as it is. */
const MOST_KEYS = 32;

/** Cached values in files, for later runs and for those at the same time. */
export class DiskCache implements CacheStorage {
	readonly #store: CacheStore;
	readonly #upkeep: Upkeep;
	/** The key that a value was read under. */
	readonly #origins = new WeakMap<object, CacheKey>();

	constructor(location: CacheLocation, limits: CacheLimits) {
		this.#store = new CacheStore(location);
		this.#upkeep = new Upkeep(location.folder, limits);
	}

	get identityKey(): IdentityKey {
		return this.#store.identityKey;
	}

	read<T extends object>(kind: CacheKind<T>, key: CacheKey): T | null {
		const value = this.#store.read(kind.name, key, ({ parts }) => {
			const decoded = kind.decode(parts);
			return decoded !== null && kind.check(decoded, [key]) ? decoded : null;
		});
		if (value !== null) this.#origins.set(value, key);
		return value;
	}

	write<T extends object>(kind: CacheKind<T>, keys: readonly CacheKey[], value: T): void {
		const missing = this.#keysToWrite(kind, keys);
		if (missing.length === 0) return;
		const origin = this.#origins.get(value);
		// The columns of a value that was read may have been given back by now, but its file still has them.
		const known = origin === undefined ? null : this.#store.read(kind.name, origin, (sealed) => sealed);
		const sealed = known ?? this.#seal(kind, missing, value);
		if (sealed === null) return;
		const all = new Set([...missing, ...sealed.keys]);
		const writtenBytes = this.#store.write({ ...sealed, keys: [...all].slice(0, MOST_KEYS) });
		if (writtenBytes > 0) this.#upkeep.afterWriting(writtenBytes);
	}

	/** Null when the value is not sound. */
	#seal<T extends object>(kind: CacheKind<T>, keys: readonly CacheKey[], value: T): Sealed | null {
		return kind.check(value, keys) ? { kind: kind.name, keys, parts: kind.encode(value) } : null;
	}

	warnings(): readonly Warning[] {
		const { warning } = this.#store;
		return warning === null ? [] : [warning];
	}

	#keysToWrite<T extends object>({ name }: CacheKind<T>, keys: readonly CacheKey[]): readonly CacheKey[] {
		const distinct = [...new Set(keys)];
		return kindNamed(name).isFixed ? distinct.filter((key) => !this.#store.has(name, key)) : distinct;
	}
}
