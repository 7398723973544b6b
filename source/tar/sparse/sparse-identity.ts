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
	/** Whether a SHA-256 is computed of the file (`MOST_HASHED_HOLE_BYTES`). */
	readonly isHashed: boolean;
}

/**
 * The identity of a sparse file. It is that of a plain file with the same bytes. A file that no SHA-256 is computed of has no such identity
 * without a key: then only files with the same holes are equal.
 */
export function createSparseIdentity(
	map: SparseMap,
	{ identityKey, isHashed }: SparseIdentityOptions,
): SparseIdentity {
	if (identityKey !== PLAIN_SHA256 && map.fileBytes >= GMAC_BYTES) return new GmacWithHoles(identityKey);
	return isHashed ? ofAllBytes(map, identityKey) : ofDataAndMap(map);
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
