import { createHash, type Hash } from 'node:crypto';
import type { ChangesetBuilder } from '../changeset-builder.ts';
import {
	createIdentityDigest,
	type IdentityDigest,
	type IdentityKey,
	identityOf,
	type PLAIN_SHA256,
} from '../content-identity.ts';
import type { TarEntry } from '../headers/tar-entry.ts';
import { SparseHashing } from '../sparse/sparse-hashing.ts';
import { holeBytes } from '../sparse/sparse-map.ts';

/** The holes of a layer that go into identities that are a SHA-256, bytes: nobody asked for them, and they take tenths of a second. */
const MOST_IDENTITY_HOLE_BYTES = 32 * 1024 * 1024;

/** What is computed of each content. */
export interface ContentHashingOptions {
	/** The key of the content identities. */
	readonly identityKey: IdentityKey | typeof PLAIN_SHA256;
	/** Whether the SHA-256 of each file is worked out as well. */
	readonly withFileDigests?: boolean;
}

/** Hashes the contents of entries, one after the other, as they pass, and adds the hashes to the changeset. */
export class ContentHashing {
	readonly #builder: ChangesetBuilder;
	readonly #options: ContentHashingOptions;
	#index = -1;
	/** Bytes of the entry in the tar, and how many of them are still to come. */
	#bytes = 0;
	#left = 0;
	#identity: IdentityDigest | null = null;
	#fileDigest: Hash | null = null;
	/** Holes of this layer that went into identities. */
	#identityHoleBytes = 0;
	/** Of a GNU sparse entry. */
	#sparse: SparseHashing | null = null;

	constructor(builder: ChangesetBuilder, options: ContentHashingOptions) {
		this.#builder = builder;
		this.#options = options;
	}

	/** Begins with an entry that the changeset has at `index`. */
	start(index: number, { contentBytes, sparse }: TarEntry): void {
		this.#index = index;
		this.#bytes = contentBytes;
		this.#left = contentBytes;
		if (sparse === null) return;
		const { identityKey, withFileDigests = false } = this.#options;
		const holes = this.#identityHoleBytes + holeBytes(sparse);
		const isPlain = holes <= MOST_IDENTITY_HOLE_BYTES;
		if (isPlain) this.#identityHoleBytes = holes;
		const withFileDigest = withFileDigests && this.#builder.isHashed(index);
		this.#sparse = new SparseHashing(sparse, { identityKey, isPlain, withFileDigest });
	}

	write(piece: Uint8Array): void {
		if (this.#sparse === null) this.#hash(piece);
		else this.#sparse.write(piece);
		this.#left -= piece.length;
	}

	end(): void {
		if (this.#sparse !== null) this.#endSparse(this.#sparse);
		if (this.#identity) this.#builder.setIdentity(this.#index, this.#identity.digest());
		if (this.#fileDigest) this.#builder.setDigest(this.#index, this.#fileDigest.digest());
		this.#identity = null;
		this.#fileDigest = null;
	}

	#hash(piece: Uint8Array): void {
		const { identityKey, withFileDigests } = this.#options;
		if (withFileDigests) {
			this.#fileDigest ??= createHash('sha256');
			this.#fileDigest.update(piece);
		}
		if (this.#identity === null && piece.length === this.#left) {
			this.#builder.setIdentity(this.#index, identityOf(piece, identityKey));
			return;
		}
		this.#identity ??= createIdentityDigest(this.#bytes, identityKey);
		this.#identity.update(piece);
	}

	#endSparse(hashing: SparseHashing): void {
		const { identity, fileDigest } = hashing.finish();
		this.#builder.setIdentity(this.#index, identity);
		if (fileDigest !== null) this.#builder.setDigest(this.#index, fileDigest);
		this.#sparse = null;
	}
}
