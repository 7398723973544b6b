import { createCipheriv, createHash, hash, randomBytes } from 'node:crypto';
import { IDENTITY_BYTES } from './changeset.ts';

/** A secret that identities depend on; all that are compared with each other need the same one. */
export type IdentityKey = Uint8Array;

/** Identities without a key: the first half of a SHA-256 whatever the size, which is slower and known to others, such as tables of contents. */
export const PLAIN_SHA256 = null;

/** From this size on a GMAC, of which each costs 13 microseconds to set up, is faster than a hash. */
const GMAC_BYTES = 32 * 1024;
const nonce = new Uint8Array(12);

export function newIdentityKey(): IdentityKey {
	return randomBytes(16);
}

/** Works out the identity of one content as its pieces pass by. */
export interface IdentityDigest {
	update(piece: Uint8Array): void;
	/** `IDENTITY_BYTES` bytes. */
	digest(): Uint8Array;
}

/**
 * Two contents of one size have the same identity exactly when they are the same, for all that anybody can do without the key: small
 * ones have the first half of a SHA-256, large ones a GMAC (NIST SP 800-38D), which is seven times as fast. Without the key nobody
 * can choose two contents with one GMAC. Key and identities never leave the program but for the cache, which is for its user alone; so
 * that the nonce is always the same gives nothing away.
 */
export function createIdentityDigest(
	contentBytes: number,
	key: IdentityKey | typeof PLAIN_SHA256,
): IdentityDigest {
	if (key === PLAIN_SHA256 || contentBytes < GMAC_BYTES) {
		const sha256 = createHash('sha256');
		return {
			update: (piece) => sha256.update(piece),
			digest: () => sha256.digest().subarray(0, IDENTITY_BYTES),
		};
	}
	const cipher = createCipheriv('aes-128-gcm', key, nonce);
	return {
		update: (piece) => cipher.setAAD(piece),
		digest: () => {
			cipher.final();
			return cipher.getAuthTag();
		},
	};
}

/** The identity of a content that is there in one piece. */
export function identityOf(content: Uint8Array, key: IdentityKey | typeof PLAIN_SHA256): Uint8Array {
	// One call costs a fifth of a hash object.
	if (key === PLAIN_SHA256 || content.length < GMAC_BYTES)
		return hash('sha256', content, 'buffer').subarray(0, IDENTITY_BYTES);
	const digest = createIdentityDigest(content.length, key);
	digest.update(content);
	return digest.digest();
}
