import { createHash } from 'node:crypto';
import { DIGEST_BYTES, IDENTITY_BYTES } from '../../tar/changeset.ts';
import { createIdentityDigest, type IdentityDigest, type IdentityKey } from '../../tar/content-identity.ts';

/** What is worked out of a file's content: its SHA-256, or the identity that it would have in a layer that streams. */
export type FileHash =
	| { readonly kind: 'digest' }
	| { readonly kind: 'identity'; readonly key: IdentityKey | null };

export const sha256: FileHash = { kind: 'digest' };

/** How many bytes the hash of a file has. */
export function lengthOf({ kind }: FileHash): number {
	return kind === 'digest' ? DIGEST_BYTES : IDENTITY_BYTES;
}

/** Hashes one content from its pieces. */
export function createFileHash(hash: FileHash, contentBytes: number): IdentityDigest {
	if (hash.kind === 'identity') return createIdentityDigest(contentBytes, hash.key);
	const digest = createHash('sha256');
	return { update: (piece) => digest.update(piece), digest: () => digest.digest() };
}
