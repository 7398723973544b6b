import type { Both } from '../../diff/merge/merge-structure.ts';
import type { LayerFiles } from '../../filetree/file-tree.ts';
import { DIGEST_BYTES, IDENTITY_BYTES } from '../../tar/changeset.ts';
import { GMAC_BYTES } from '../../tar/content-identity.ts';
import type { ComparedImage } from './compared-image.ts';

/** Regular files of one image: the layer and the entry of each. */
export interface ChosenFiles {
	readonly layers: Uint16Array;
	readonly entries: Int32Array;
}

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
	const identities = [ownIdentities(files[0], images[0]), ownIdentities(files[1], images[1])];
	if (haveOneKey(images) && identities[0] !== null && identities[1] !== null)
		return { length: IDENTITY_BYTES, hashes: [identities[0], identities[1]] };
	for (const side of [0, 1] as const) {
		const own = identities[side];
		const other = side === 0 ? 1 : 0;
		const read = own && (await readIdentities(files[other], images[other], { like: images[side], signal }));
		if (own === null || read === null) continue;
		return { length: IDENTITY_BYTES, hashes: side === 0 ? [own, read] : [read, own] };
	}
	const digests: Both<Uint8Array> = [
		await digestsOf(files[0], images[0], signal),
		await digestsOf(files[1], images[1], signal),
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

function identityAt(identities: Uint8Array, entry: number): Uint8Array {
	return identities.subarray(entry * IDENTITY_BYTES, (entry + 1) * IDENTITY_BYTES);
}

/** The identities that the changesets have; null where one has none. */
function ownIdentities({ layers, entries }: ChosenFiles, { tree }: ComparedImage): Uint8Array | null {
	const own = new Uint8Array(layers.length * IDENTITY_BYTES);
	for (let file = 0; file < layers.length; file++) {
		const { identities } = tree.changesets[layers[file]];
		if (identities === null) return null;
		own.set(identityAt(identities, entries[file]), file * IDENTITY_BYTES);
	}
	return own;
}

/** The identities that files on disk would have in the other image; null where one is not on disk as it is. */
async function readIdentities(
	files: ChosenFiles,
	{ tree, contents }: ComparedImage,
	{ like, signal }: { readonly like: ComparedImage; readonly signal: AbortSignal | undefined },
): Promise<Uint8Array | null> {
	if (contents.identities === undefined) return null;
	if (files.layers.some((layer) => tree.changesets[layer].identities !== null)) return null;
	const asked = filesByLayer(files);
	const read = await contents.identities(asked, like.contents.identityKey, signal);
	return read === null ? null : inOrderOf(files, asked, { hashes: read, length: IDENTITY_BYTES });
}

async function digestsOf(
	files: ChosenFiles,
	{ contents }: ComparedImage,
	signal: AbortSignal | undefined,
): Promise<Uint8Array> {
	const asked = filesByLayer(files);
	const hashes = asked.length === 0 ? [] : await contents.digests(asked, signal);
	return inOrderOf(files, asked, { hashes, length: DIGEST_BYTES });
}

/** The distinct entries of each layer, ascending: hard links may lead to one entry several times. */
function filesByLayer({ layers, entries }: ChosenFiles): readonly LayerFiles[] {
	const byLayer = new Map<number, Set<number>>();
	for (let file = 0; file < layers.length; file++) {
		const known = byLayer.get(layers[file]);
		if (known === undefined) byLayer.set(layers[file], new Set([entries[file]]));
		else known.add(entries[file]);
	}
	return [...byLayer]
		.sort(([left], [right]) => left - right)
		.map(([layerIndex, known]) => ({ layerIndex, entries: Uint32Array.from(known).sort() }));
}

function inOrderOf(
	{ layers, entries }: ChosenFiles,
	asked: readonly LayerFiles[],
	{ hashes, length }: { readonly hashes: readonly Uint8Array[]; readonly length: number },
): Uint8Array {
	const inOrder = new Uint8Array(layers.length * length);
	const positions = asked.map(
		(files) => new Map(Array.from(files.entries, (entry, index) => [entry, index])),
	);
	const numbers = new Map(asked.map(({ layerIndex }, number) => [layerIndex, number]));
	for (let file = 0; file < layers.length; file++) {
		const number = numbers.get(layers[file]) ?? 0;
		const start = (positions[number].get(entries[file]) ?? 0) * length;
		inOrder.set(hashes[number].subarray(start, start + length), file * length);
	}
	return inOrder;
}
