import type { IdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';
import { type CacheLocation, CacheStore } from './cache-store.ts';
import { type CacheKey, type CacheKind, kindNamed } from './kinds/kind.ts';
import type { CacheStorage } from './layer-cache.ts';
import type { CacheLimits } from './prune.ts';
import { Upkeep } from './upkeep.ts';

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
		const value = this.#store.read(kind.name, key, ({ parts: [, ...parts] }) => {
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
		if (origin !== undefined && this.#store.alias(kind.name, origin, missing)) return;
		if (!kind.check(value, missing)) return;
		const parts = [Buffer.from(JSON.stringify({ keys: missing })), ...kind.encode(value)];
		const writtenBytes = this.#store.write({ kind: kind.name, parts }, missing);
		if (writtenBytes > 0) this.#upkeep.afterWriting(writtenBytes);
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
