import { createHash } from 'node:crypto';
import { SparseContent, zeroPieces } from './sparse-content.ts';
import { createSparseIdentity, type SparseIdentity, type SparseIdentityOptions } from './sparse-identity.ts';
import type { SparseMap } from './sparse-map.ts';

export interface SparseHashingOptions extends SparseIdentityOptions {
	readonly withFileDigest: boolean;
}

export interface HashedContent {
	/** `IDENTITY_BYTES` bytes. */
	readonly identity: Uint8Array;
	/** The SHA-256 of the content, where it was asked for. */
	readonly fileDigest: Uint8Array | null;
}

/** Hashes the content of a sparse file, holes included, while its data passes. */
export class SparseHashing {
	readonly #identity: SparseIdentity;
	readonly #content: SparseContent;
	readonly #sha256;

	constructor(map: SparseMap, options: SparseHashingOptions) {
		const identity = createSparseIdentity(map, options);
		const sha256 = options.withFileDigest ? createHash('sha256') : null;
		this.#identity = identity;
		this.#sha256 = sha256;
		this.#content = new SparseContent(map, {
			data: (piece) => {
				identity.data(piece);
				sha256?.update(piece);
			},
			hole: (bytes) => {
				identity.hole(bytes);
				if (sha256 !== null) for (const piece of zeroPieces(bytes)) sha256.update(piece);
			},
		});
	}

	/** Takes the next piece of the data. */
	write(piece: Uint8Array): void {
		this.#content.write(piece);
	}

	finish(): HashedContent {
		return { identity: this.#identity.digest(), fileDigest: this.#sha256?.digest() ?? null };
	}
}
