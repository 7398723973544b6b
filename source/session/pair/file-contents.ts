import type { Both } from '../../diff/merge/merge-structure.ts';
import { DIGEST_BYTES, IDENTITY_BYTES } from '../../tar/changeset.ts';
import { GMAC_BYTES } from '../../tar/content-identity.ts';
import {
	type ChosenFiles,
	type IdentitySource,
	identityAt,
	knownIdentities,
	readFileDigests,
	readFileIdentities,
} from '../chosen-files.ts';
import type { ComparedImage } from './compared-image.ts';

/** Hashes of files of two images, `length` bytes each: equal ones mean equal contents among files of one size; zeros mean not known. */
export interface FileHashes {
	readonly length: number;
	readonly hashes: Both<Uint8Array>;
}

/**
 * Hashes that can be compared. What streamed has identities, and files on disk are read to get identities of the same kind; where that is
 * not enough, the SHA-256 of all of them is worked out. Throws `FathomError`.
 */
export async function comparableHashes(
	files: Both<ChosenFiles>,
	images: Both<ComparedImage>,
	signal: AbortSignal | undefined,
): Promise<FileHashes> {
	const identities = [knownIdentities(files[0], images[0].tree), knownIdentities(files[1], images[1].tree)];
	if (haveOneKey(images) && identities[0] !== null && identities[1] !== null)
		return { length: IDENTITY_BYTES, hashes: [identities[0], identities[1]] };
	for (const side of [0, 1] as const) {
		const own = identities[side];
		const other = side === 0 ? 1 : 0;
		const read = own && (await identitiesLike(files[other], images[other], { like: images[side], signal }));
		if (own === null || read === null) continue;
		return { length: IDENTITY_BYTES, hashes: side === 0 ? [own, read] : [read, own] };
	}
	const digests: Both<Uint8Array> = [
		await readFileDigests(files[0], images[0].contents, signal),
		await readFileDigests(files[1], images[1].contents, signal),
	];
	return { length: DIGEST_BYTES, hashes: digests };
}

/** Whether a hash is not known. */
export function isUnknown(hash: Uint8Array): boolean {
	return hash.every((byte) => byte === 0);
}

/** The identities of two files of one size, as far as their changesets have them and they can be compared. Small files have one kind everywhere. */
export function identitiesOfPair(
	images: Both<ComparedImage>,
	files: Both<{ readonly layer: number; readonly entry: number }>,
): Both<Uint8Array> | null {
	const [older, newer] = [
		images[0].tree.changesets[files[0].layer],
		images[1].tree.changesets[files[1].layer],
	];
	if (older.identities === null || newer.identities === null) return null;
	if (older.sizes[files[0].entry] >= GMAC_BYTES && !haveOneKey(images)) return null;
	return [identityAt(older.identities, files[0].entry), identityAt(newer.identities, files[1].entry)];
}

function haveOneKey([older, newer]: Both<ComparedImage>): boolean {
	const [left, right] = [older.contents.identityKey, newer.contents.identityKey];
	return left === right || (left !== null && right !== null && Buffer.compare(left, right) === 0);
}

/** The identities that files on disk would have in the other image; null where one is not on disk as it is. */
async function identitiesLike(
	files: ChosenFiles,
	{ tree, contents }: ComparedImage,
	{ like, signal }: { readonly like: ComparedImage; readonly signal: AbortSignal | undefined },
): Promise<Uint8Array | null> {
	if (!canReadIdentities(contents)) return null;
	if (files.layers.some((layer) => tree.changesets[layer].identities !== null)) return null;
	return readFileIdentities(files, contents, { key: like.contents.identityKey, signal });
}

function canReadIdentities(
	contents: ComparedImage['contents'],
): contents is ComparedImage['contents'] & IdentitySource {
	return contents.identities !== undefined;
}
