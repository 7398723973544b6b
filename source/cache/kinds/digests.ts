import type { CacheKind } from './kind.ts';

/** The SHA-256 of files of a layer, one after the other, `bytes` in all. */
export function fileDigests(bytes: number): CacheKind<Uint8Array> {
	return {
		name: 'digests',
		encode: (digests) => [digests],
		decode: ([digests]) => digests ?? null,
		check: ({ length }) => length === bytes,
	};
}
