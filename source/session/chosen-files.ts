import { sortColumn } from '../columns/sort-column.ts';
import type { FileTree, LayerFiles } from '../filetree/file-tree.ts';
import { runInSlices } from '../sources/time-slice.ts';
import { inParts, type Steps } from '../steps.ts';
import { DIGEST_BYTES, IDENTITY_BYTES } from '../tar/changeset.ts';
import type { IdentityKey } from '../tar/content-identity.ts';

/** Regular files of one image: the layer and the entry of each. */
export interface ChosenFiles {
	readonly layers: Uint16Array;
	readonly entries: Int32Array;
}

const FILES_A_STEP = 4096;

/** What gives the SHA-256 of files. */
export interface DigestSource {
	digests(layers: readonly LayerFiles[], signal?: AbortSignal): Promise<readonly Uint8Array[]>;
}

/** What gives the identities of files on disk. */
export interface IdentitySource {
	identities(
		layers: readonly LayerFiles[],
		key: IdentityKey | null,
		signal?: AbortSignal,
	): Promise<readonly Uint8Array[] | null>;
}

/** The identity that a changeset has of an entry. */
export function identityAt(identities: Uint8Array, entry: number): Uint8Array {
	return identities.subarray(entry * IDENTITY_BYTES, (entry + 1) * IDENTITY_BYTES);
}

/** The identities that the changesets have, one behind the other; null where one has none. */
export function knownIdentities(
	{ layers, entries }: ChosenFiles,
	{ changesets }: Pick<FileTree, 'changesets'>,
): Uint8Array | null {
	const known = new Uint8Array(layers.length * IDENTITY_BYTES);
	for (let file = 0; file < layers.length; file++) {
		const { identities } = changesets[layers[file]];
		if (identities === null) return null;
		known.set(identityAt(identities, entries[file]), file * IDENTITY_BYTES);
	}
	return known;
}

/** The SHA-256 of files, one behind the other. Throws `FathomError`. */
export async function readFileDigests(
	files: ChosenFiles,
	source: DigestSource,
	signal: AbortSignal | undefined,
): Promise<Uint8Array> {
	const asked = await runInSlices(filesByLayer(files), signal);
	const hashes = asked.length === 0 ? [] : await source.digests(asked, signal);
	return runInSlices(inOrderOf(files, asked, { hashes, length: DIGEST_BYTES }), signal);
}

/** The identities that files on disk would have under a key, one behind the other; null where one is elsewhere. Throws `FathomError`. */
export async function readFileIdentities(
	files: ChosenFiles,
	source: IdentitySource,
	{ key, signal }: { readonly key: IdentityKey | null; readonly signal: AbortSignal | undefined },
): Promise<Uint8Array | null> {
	const asked = await runInSlices(filesByLayer(files), signal);
	const hashes = await source.identities(asked, key, signal);
	return hashes && runInSlices(inOrderOf(files, asked, { hashes, length: IDENTITY_BYTES }), signal);
}

/** The distinct entries of each layer, ascending: hard links may lead to one entry several times. */
function* filesByLayer({ layers, entries }: ChosenFiles): Steps<readonly LayerFiles[]> {
	const counts = new Map<number, number>();
	yield* inParts(layers.length, FILES_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) counts.set(layers[file], (counts.get(layers[file]) ?? 0) + 1);
	});
	const columns = new Map<number, Uint32Array>();
	for (const [layer, count] of counts) {
		columns.set(layer, new Uint32Array(count));
		counts.set(layer, 0);
	}
	yield* inParts(layers.length, FILES_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) {
			const filled = counts.get(layers[file]) ?? 0;
			columns.get(layers[file])?.fill(entries[file], filled, filled + 1);
			counts.set(layers[file], filled + 1);
		}
	});
	for (const column of columns.values())
		yield* sortColumn(column, {
			runLength: FILES_A_STEP,
			sortRun: (run) => run.sort(),
			isInOrder: (left, right) => left <= right,
		});
	return [...columns]
		.sort(([left], [right]) => left - right)
		.map(([layerIndex, column]) => ({ layerIndex, entries: distinct(column) }));
}

function distinct(ascending: Uint32Array): Uint32Array {
	let count = 0;
	for (let index = 0; index < ascending.length; index++)
		if (index === 0 || ascending[index - 1] !== ascending[index]) count += 1;
	if (count === ascending.length) return ascending;
	return ascending.filter((entry, index) => index === 0 || ascending[index - 1] !== entry);
}

function* inOrderOf(
	{ layers, entries }: ChosenFiles,
	asked: readonly LayerFiles[],
	{ hashes, length }: { readonly hashes: readonly Uint8Array[]; readonly length: number },
): Steps<Uint8Array> {
	const inOrder = new Uint8Array(layers.length * length);
	const numbers = new Map(asked.map(({ layerIndex }, number) => [layerIndex, number]));
	yield* inParts(layers.length, FILES_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) {
			const number = numbers.get(layers[file]) ?? 0;
			const start = positionOf(asked[number].entries, entries[file]) * length;
			inOrder.set(hashes[number].subarray(start, start + length), file * length);
		}
	});
	return inOrder;
}

/** The position of an entry in a list that has it. */
function positionOf(ascending: Uint32Array, entry: number): number {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (ascending[middle] < entry) low = middle + 1;
		else high = middle;
	}
	return low;
}
