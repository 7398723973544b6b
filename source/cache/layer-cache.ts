import type { Changeset } from '../tar/changeset.ts';
import { type IdentityKey, newIdentityKey } from '../tar/content-identity.ts';
import type { Warning } from '../warning.ts';

/**
 * What a layer, a document or an answer is kept under: a kind and a name that stands for exactly this content, such as
 * `diff-id sha256:...`, `blob sha256:...` or `file ...`. A key may hold anything: it is hashed before it becomes the name of a file.
 */
export type CacheKey = string;

/** What was read before, so that nothing is read twice. Whatever it cannot do it leaves: no method throws. */
export interface LayerCache {
	/** What the identities in kept changesets depend on; as secret as the contents that it was used for. */
	readonly identityKey: IdentityKey;
	/** A layer's changeset with its paths, in columns of its own; null where it is not there, or not whole. */
	layer(key: CacheKey): Changeset | null;
	/** Keeps a changeset, which still has its paths, under each of the keys. */
	keepLayer(keys: readonly CacheKey[], changeset: Changeset): void;
	/** A manifest, index or config that was kept under its digest. */
	document(digest: string): Uint8Array | null;
	/** To be given only what has that digest. */
	keepDocument(digest: string, bytes: Uint8Array): void;
	/** An answer that took time to work out, such as which contents are the same. */
	answer(key: CacheKey): Uint32Array | null;
	keepAnswer(key: CacheKey, answer: Uint32Array): void;
	/** The parts of a tree that was kept for layers, each in a buffer of its own. */
	tree(key: CacheKey): readonly Uint8Array[] | null;
	keepTree(key: CacheKey, parts: readonly Uint8Array[]): void;
	/** What the user should know of the cache, such as a full disk, once everything is read. */
	warnings(): readonly Warning[];
}

/** Keeps nothing: for `--no-cache`, and for callers that want each run for itself. */
export function noCache(): LayerCache {
	return {
		identityKey: newIdentityKey(),
		layer: () => null,
		keepLayer: () => {},
		document: () => null,
		keepDocument: () => {},
		answer: () => null,
		keepAnswer: () => {},
		tree: () => null,
		keepTree: () => {},
		warnings: () => [],
	};
}

/** The cache for a run that is to read everything: it keeps layers and answers, and gives none. */
export function readingAll(cache: LayerCache): LayerCache {
	return {
		identityKey: cache.identityKey,
		layer: () => null,
		keepLayer: (keys, changeset) => cache.keepLayer(keys, changeset),
		document: (digest) => cache.document(digest),
		keepDocument: (digest, bytes) => cache.keepDocument(digest, bytes),
		answer: () => null,
		keepAnswer: (key, answer) => cache.keepAnswer(key, answer),
		tree: () => null,
		keepTree: (key, parts) => cache.keepTree(key, parts),
		warnings: () => cache.warnings(),
	};
}

/** The key of a layer by the SHA-256 of its uncompressed tar. Only for content that was found to have it, by us or by an engine. */
export function diffIdKey(diffId: string): CacheKey {
	return `diff-id ${diffId}`;
}

/** The key of a layer by the digest of its blob as stored. Only for blobs that were found to have it. */
export function blobKey(digest: string): CacheKey {
	return `blob ${digest}`;
}
