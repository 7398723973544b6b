import { createHash } from 'node:crypto';
import { IDENTITY_BYTES } from '../changeset.ts';
import { createIdentityDigest, GMAC_BYTES, type IdentityKey, PLAIN_SHA256 } from '../content-identity.ts';
import { GmacWithHoles } from './gmac-with-holes.ts';
import { type ContentParts, zeroPieces } from './sparse-content.ts';
import type { SparseMap } from './sparse-map.ts';

export interface SparseIdentity extends ContentParts {
	/** `IDENTITY_BYTES` bytes. */
	digest(): Uint8Array;
}

export interface SparseIdentityOptions {
	readonly identityKey: IdentityKey | typeof PLAIN_SHA256;
	/** Whether the identity may be a SHA-256 of all bytes. */
	readonly isPlain: boolean;
}

/**
 * The identity of a sparse file. It is that of a plain file with the same bytes, but for one that would need a SHA-256 of all bytes and may
 * not have it: that one equals only files with the same map.
 */
export function createSparseIdentity(
	map: SparseMap,
	{ identityKey, isPlain }: SparseIdentityOptions,
): SparseIdentity {
	if (identityKey !== PLAIN_SHA256 && map.fileBytes >= GMAC_BYTES) return new GmacWithHoles(identityKey);
	return isPlain ? ofAllBytes(map, identityKey) : ofDataAndMap(map);
}

function ofAllBytes(
	{ fileBytes }: SparseMap,
	identityKey: SparseIdentityOptions['identityKey'],
): SparseIdentity {
	const identity = createIdentityDigest(fileBytes, identityKey);
	return {
		data: (piece) => identity.update(piece),
		hole: (bytes) => {
			for (const piece of zeroPieces(bytes)) identity.update(piece);
		},
		digest: () => identity.digest(),
	};
}

function ofDataAndMap({ fileBytes, starts, lengths }: SparseMap): SparseIdentity {
	const sha256 = createHash('sha256').update(`sparse ${fileBytes} ${starts.join()} ${lengths.join()}\n`);
	return {
		data: (piece) => sha256.update(piece),
		hole: () => {},
		digest: () => sha256.digest().subarray(0, IDENTITY_BYTES),
	};
}
