import { FathomError } from '../../errors.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { inParts } from '../../steps.ts';
import { DIGEST_BYTES, IDENTITY_BYTES } from '../../tar/changeset.ts';
import { PLAIN_SHA256 } from '../../tar/content-identity.ts';
import {
	type ChosenFiles,
	type DigestSource,
	type IdentitySource,
	identityAt,
	readFileDigests,
	readFileIdentities,
} from '../chosen-files.ts';
import type { SessionContents } from '../session-contents.ts';

const FILES_A_STEP = 8192;

export interface HashedImage {
	readonly tree: Pick<FileTree, 'changesets'>;
	readonly contents: DigestSource & IdentitySource & Pick<SessionContents, 'identityKey'>;
	/** Layers, 0-based, whose files are not read, because each would be fetched by itself. */
	readonly closedLayers: ReadonlySet<number>;
}

/** Hashes of files of one image, `length` bytes each: equal ones mean equal contents among files of one size; zeros mean not known. */
export interface CandidateHashes {
	readonly hashes: Uint8Array;
	readonly length: number;
	/** Layers, 0-based and ascending, whose files could not be read. */
	readonly unreadLayers: readonly number[];
}

/**
 * Hashes of one kind for all files. Those of layers that streamed are known; others are read, in workers where they lie on disk. Throws
 * `FathomError`.
 */
export async function candidateHashes(
	files: ChosenFiles,
	image: HashedImage,
	signal: AbortSignal | undefined,
): Promise<CandidateHashes> {
	const { changesets } = image.tree;
	const isKnown = (layer: number): boolean => changesets[layer].identities !== null;
	const layers = [...new Set(files.layers)];
	const reading: Reading = { files, image, signal };
	const closed = layers.filter((layer) => image.closedLayers.has(layer));
	const unread = closed.filter((layer) => !isKnown(layer));
	const read = await identitiesOf(reading, new Set(unread));
	if (read !== null) return { hashes: read, length: IDENTITY_BYTES, unreadLayers: ascending(unread) };
	return digestsOf(reading, new Set(closed));
}

interface Reading {
	readonly files: ChosenFiles;
	readonly image: HashedImage;
	readonly signal: AbortSignal | undefined;
}

/** Identities of all files but those of some layers; null where no layer has any, or others cannot be read to get the same kind. */
async function identitiesOf(
	{ files, image, signal }: Reading,
	without: ReadonlySet<number>,
): Promise<Uint8Array | null> {
	const { changesets } = image.tree;
	const { layers, entries } = files;
	const hashes = new Uint8Array(layers.length * IDENTITY_BYTES);
	if (!layers.some((layer) => changesets[layer].identities !== null)) return null;
	await runInSlices(
		inParts(layers.length, FILES_A_STEP, (from, to) => {
			for (let file = from; file < to; file++) {
				const { identities } = changesets[layers[file]];
				if (identities !== null) hashes.set(identityAt(identities, entries[file]), file * IDENTITY_BYTES);
			}
		}),
		signal,
	);
	const missing = chosenWhere(files, (layer) => changesets[layer].identities === null && !without.has(layer));
	if (missing.places.length === 0) return hashes;
	const read = await likeKnown(missing.files, image, signal);
	return read && spread(read, missing.places, { to: hashes, length: IDENTITY_BYTES });
}

/** Hashes of the kind that the layers that streamed have; null where they cannot be had. */
async function likeKnown(
	files: ChosenFiles,
	{ contents }: HashedImage,
	signal: AbortSignal | undefined,
): Promise<Uint8Array | null> {
	const key = contents.identityKey;
	const identities = await readFileIdentities(files, contents, { key, signal });
	if (identities !== null || key !== PLAIN_SHA256) return identities;
	const digests = await readFileDigests(files, contents, signal);
	const halves = new Uint8Array(files.entries.length * IDENTITY_BYTES);
	for (let file = 0; file < files.entries.length; file++) {
		const start = file * DIGEST_BYTES;
		halves.set(digests.subarray(start, start + IDENTITY_BYTES), file * IDENTITY_BYTES);
	}
	return halves;
}

/** The SHA-256 of all files but those of some layers. */
async function digestsOf(
	{ files, image, signal }: Reading,
	without: ReadonlySet<number>,
): Promise<CandidateHashes> {
	const [length, bytes] = [DIGEST_BYTES, files.entries.length * DIGEST_BYTES];
	const asked = chosenWhere(files, (layer) => !without.has(layer));
	try {
		const read = await readFileDigests(asked.files, image.contents, signal);
		const hashes =
			read.length === bytes ? read : spread(read, asked.places, { to: new Uint8Array(bytes), length });
		return { hashes, length, unreadLayers: ascending(without) };
	} catch (error) {
		// What came by standard input is gone.
		if (!(error instanceof FathomError) || error.code !== 'unsupported') throw error;
		return { hashes: new Uint8Array(bytes), length, unreadLayers: ascending(new Set(files.layers)) };
	}
}

/** The files of some layers, and where they are among all. */
function chosenWhere(
	{ layers, entries }: ChosenFiles,
	isWanted: (layer: number) => boolean,
): { readonly files: ChosenFiles; readonly places: Uint32Array } {
	const places = new Uint32Array(layers.length);
	let count = 0;
	for (let file = 0; file < layers.length; file++) if (isWanted(layers[file])) places[count++] = file;
	const chosen = places.subarray(0, count);
	return {
		files: count === layers.length ? { layers, entries } : pick({ layers, entries }, chosen),
		places: chosen,
	};
}

function pick({ layers, entries }: ChosenFiles, places: Uint32Array): ChosenFiles {
	return {
		layers: Uint16Array.from(places, (file) => layers[file]),
		entries: Int32Array.from(places, (file) => entries[file]),
	};
}

function spread(
	hashes: Uint8Array,
	places: Uint32Array,
	{ to, length }: { readonly to: Uint8Array; readonly length: number },
): Uint8Array {
	for (let index = 0; index < places.length; index++)
		to.set(hashes.subarray(index * length, (index + 1) * length), places[index] * length);
	return to;
}

function ascending(layers: Iterable<number>): readonly number[] {
	return [...layers].sort((left, right) => left - right);
}
