import { createHash } from 'node:crypto';
import type { CacheKind } from './kind.ts';

/** Manifests, indexes and configs, whose only key is their digest. */
export const documents: CacheKind<Uint8Array> = {
	name: 'document',
	encode: (bytes) => [bytes],
	decode: ([bytes]) => bytes ?? null,
	check: (bytes, keys) => keys.every((digest) => hasDigest(bytes, digest)),
};

function hasDigest(bytes: Uint8Array, digest: string): boolean {
	const [algorithm] = digest.split(':');
	if (algorithm !== 'sha256' && algorithm !== 'sha512') return false;
	return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` === digest;
}
