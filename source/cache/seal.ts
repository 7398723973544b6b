import { createCipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { IdentityKey } from '../tar/content-identity.ts';

/** What files of the cache are sealed with and recognised by. Both follow from the identity key, and neither reveals it. */
export interface Secret {
	readonly fingerprint: Uint8Array;
	readonly sealKey: Uint8Array;
}

export const FINGERPRINT_BYTES = 16;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

export function secretOf(identityKey: IdentityKey): Secret {
	const derive = (purpose: string): Uint8Array =>
		createHash('sha256').update(`fathom cache ${purpose}\n`).update(identityKey).digest().subarray(0, 16);
	return { fingerprint: derive('fingerprint'), sealKey: derive('seal') };
}

/**
 * The checksum over all of a file: a GMAC (NIST SP 800-38D) under a nonce of its own. It finds damage and forgery alike, and 20 MB take
 * 1.5 ms, a thirteenth of SHA-256 and a seventh of CRC-32.
 */
export function sealOf(pieces: readonly Uint8Array[], nonce: Uint8Array, { sealKey }: Secret): Uint8Array {
	const cipher = createCipheriv('aes-128-gcm', sealKey, nonce);
	for (const piece of pieces) if (piece.length > 0) cipher.setAAD(piece);
	cipher.final();
	return cipher.getAuthTag();
}

export function isSameSeal(left: Uint8Array, right: Uint8Array): boolean {
	return left.length === right.length && timingSafeEqual(left, right);
}
