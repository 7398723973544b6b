import { createHash } from 'node:crypto';
import type { Changeset } from '../tar/changeset.ts';
import type { IdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';
import { CacheStore, type StorePlace } from './cache-store.ts';
import { changesetOf, partsOf } from './changeset-parts.ts';
import type { CacheKey, LayerCache } from './layer-cache.ts';
import type { CacheLimits } from './prune.ts';
import type { SealedKind } from './sealed-file.ts';
import { isSound } from './sound-changeset.ts';
import { Upkeep } from './upkeep.ts';

/** Keeps what was read in files, for the next runs and for those at the same time. */
export class DiskCache implements LayerCache {
	readonly #store: CacheStore;
	readonly #upkeep: Upkeep;
	/** The key that a changeset was found under. */
	readonly #origins = new WeakMap<Changeset, CacheKey>();

	constructor(place: StorePlace, limits: CacheLimits) {
		this.#store = new CacheStore(place);
		this.#upkeep = new Upkeep(place.folder, limits);
	}

	get identityKey(): IdentityKey {
		return this.#store.identityKey;
	}

	layer(key: CacheKey): Changeset | null {
		const changeset = this.#store.read('layer', key, ({ parts }) => changesetOf(parts));
		if (changeset !== null) this.#origins.set(changeset, key);
		return changeset;
	}

	keepLayer(keys: readonly CacheKey[], changeset: Changeset): void {
		const missing = this.#missing('layer', keys);
		if (missing.length === 0) return;
		const origin = this.#origins.get(changeset);
		if (origin !== undefined && this.#store.alias('layer', origin, missing)) return;
		if (isSound(changeset)) this.#write('layer', missing, partsOf(missing, changeset));
	}

	document(digest: string): Uint8Array | null {
		return this.#store.read('document', digest, ({ parts }) => {
			const [, bytes] = parts;
			return bytes !== undefined && hasDigest(bytes, digest) ? bytes : null;
		});
	}

	keepDocument(digest: string, bytes: Uint8Array): void {
		const missing = this.#missing('document', [digest]);
		if (missing.length > 0) this.#write('document', missing, [factsOf(missing), bytes]);
	}

	answer(key: CacheKey): Uint32Array | null {
		return this.#store.read('answer', key, ({ parts }) => {
			const [, bytes] = parts;
			return bytes === undefined || bytes.length % 4 !== 0 ? null : new Uint32Array(bytes.buffer);
		});
	}

	keepAnswer(key: CacheKey, answer: Uint32Array): void {
		const bytes = new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength);
		this.#write('answer', [key], [factsOf([key]), bytes]);
	}

	tree(key: CacheKey): readonly Uint8Array[] | null {
		return this.#store.read('tree', key, ({ parts: [, ...parts] }) => parts);
	}

	keepTree(key: CacheKey, parts: readonly Uint8Array[]): void {
		this.#write('tree', [key], [factsOf([key]), ...parts]);
	}

	warnings(): readonly Warning[] {
		const { trouble } = this.#store;
		return trouble === null ? [] : [trouble];
	}

	#missing(kind: SealedKind, keys: readonly CacheKey[]): readonly CacheKey[] {
		return [...new Set(keys)].filter((key) => !this.#store.has(kind, key));
	}

	#write(kind: SealedKind, keys: readonly CacheKey[], parts: readonly Uint8Array[]): void {
		const written = this.#store.write({ kind, parts }, keys);
		if (written > 0) this.#upkeep.afterWriting(written);
	}
}

/** The first part of a file that needs to say nothing of the others. */
function factsOf(keys: readonly CacheKey[]): Uint8Array {
	return Buffer.from(JSON.stringify({ keys }));
}

function hasDigest(bytes: Uint8Array, digest: string): boolean {
	const [algorithm] = digest.split(':');
	if (algorithm !== 'sha256' && algorithm !== 'sha512') return false;
	return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` === digest;
}
