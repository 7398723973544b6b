import { createCipheriv, createHash, createSecretKey, hash, type KeyObject, randomBytes } from 'node:crypto';
import { IDENTITY_BYTES } from './changeset.ts';

/** How the contents of an image were identified: with the secret key, or by SHA-256 alone. */
export type IdentityScheme = 'keyed' | 'plain';

/** The secret key of identities. Only identities with the same key can be compared. */
export type IdentityKey = Uint8Array;

/** Identities without a key: the first half of a SHA-256 for every size. It is slower, but tables of contents have it too. */
export const PLAIN_SHA256 = null;

/** From this size on an identity is a GMAC, which takes 2 microseconds to set up, is faster than a hash. */
export const GMAC_BYTES = 4 * 1024;
const nonce = new Uint8Array(12);
/** Keys as the key objects that GMACs need, because making one takes 10 microseconds. */
const prepared = new WeakMap<IdentityKey, KeyObject>();

export function newIdentityKey(): IdentityKey {
	return randomBytes(16);
}

/** Computes the identity of one content from its pieces. */
export interface IdentityDigest {
	update(piece: Uint8Array): void;
	/** `IDENTITY_BYTES` bytes. */
	digest(): Uint8Array;
}

/**
 * Two contents of one size have the same identity if and only if they are equal: small ones have the first half of a SHA-256, large ones a
 * GMAC (NIST SP 800-38D), which is ten times as fast. Without the key nobody can construct two contents with the same GMAC. Key and
 * identities never leave the program except for the cache, which only its user can read; therefore a fixed nonce is safe.
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
	return createGmac(key);
}

/** The GMAC of the pieces. */
export function createGmac(key: IdentityKey): IdentityDigest {
	const cipher = createCipheriv('aes-128-gcm', preparedOf(key), nonce);
	return {
		update: (piece) => cipher.setAAD(piece),
		digest: () => {
			cipher.final();
			return cipher.getAuthTag();
		},
	};
}

/** The identity of a content in one piece. */
export function identityOf(content: Uint8Array, key: IdentityKey | typeof PLAIN_SHA256): Uint8Array {
	// One call costs a fifth of a hash object, and bytes in a string cost less than in a buffer.
	if (key === PLAIN_SHA256 || content.length < GMAC_BYTES) return halfOf(hash('sha256', content, 'binary'));
	const digest = createIdentityDigest(content.length, key);
	digest.update(content);
	return digest.digest();
}

/** Each character of the string is a byte. */
function halfOf(sha256: string): Uint8Array {
	const half = new Uint8Array(IDENTITY_BYTES);
	for (let index = 0; index < IDENTITY_BYTES; index++) half[index] = sha256.charCodeAt(index);
	return half;
}

function preparedOf(key: IdentityKey): KeyObject {
	const known = prepared.get(key);
	if (known !== undefined) return known;
	const made = createSecretKey(key);
	prepared.set(key, made);
	return made;
}
