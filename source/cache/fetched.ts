import type { Changeset } from '../tar/changeset.ts';
import { numbers } from './kinds/answers.ts';
import { documents } from './kinds/documents.ts';
import type { CacheKey } from './kinds/kind.ts';
import { layers } from './kinds/layers.ts';
import type { CacheRequest } from './layer-cache.ts';

/* What comes from a registry or an engine is always worth caching: how long it takes to come again is not known. */

/** A manifest, index or config. */
export function fetchedDocument(digest: string): CacheRequest<Uint8Array> {
	return { kind: documents, keys: [digest], cost: Infinity };
}

/** A layer, under any of the keys. */
export function fetchedLayer(...keys: readonly CacheKey[]): CacheRequest<Changeset> {
	return { kind: layers, keys, cost: Infinity };
}

/** Numbers that are known once something was fetched. */
export function fetchedNumbers(key: CacheKey): CacheRequest<Uint32Array> {
	return { kind: numbers(() => true), keys: [key], cost: Infinity };
}
