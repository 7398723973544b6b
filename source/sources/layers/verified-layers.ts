import type { ImageDescription } from '../../image/image.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { IdentityKey } from '../../tar/content-identity.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import type { Warning } from '../../warning.ts';
import type { ReadOptions } from '../image-source.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';

/**
 * Diff IDs are checked without being asked for as long as the layers checked together have no more unpacked bytes than this, smallest
 * first: reading all of a large archive just for that would take many times as long as all else.
 */
const VERIFIED_BYTES = 32 * 1024 * 1024;

/** What is to be worked out of layers that pass by. */
export function hashOptions(
	{ verify, digests = false, facts = [], budget = null }: ReadOptions,
	identityKey: IdentityKey,
): HashOptions {
	return {
		identityKey,
		largestVerifiedBytes: verify ? Number.MAX_SAFE_INTEGER : VERIFIED_BYTES,
		withFileDigests: digests,
		facts,
		budget,
	};
}

export interface DigestInput {
	/** Where each layer lies that can be read by position; null for those whose digest was worked out as they streamed. */
	readonly locations: readonly (BlobLocation | null)[];
	readonly workers: LayerWorkers;
	readonly options: ReadOptions;
}

/** Layers with the digests that were worked out for them. */
export interface DigestedLayers {
	readonly changesets: readonly Changeset[];
	/** Null for those that were not to be checked. */
	readonly diffIdOf: (changeset: Changeset) => string | null;
}

/** Works out the digests of those layers that are to be checked and do not have theirs yet. */
export async function withDigests(
	given: readonly Changeset[],
	{ locations, workers, options }: DigestInput,
): Promise<DigestedLayers> {
	const readable = [...layersToVerify(given, options)].flatMap((changeset) => {
		const location = locations[given.indexOf(changeset)];
		return location && changeset.diffId === null ? [{ changeset, location }] : [];
	});
	const tasks = readable.map(({ location }) => ({ type: 'digest' as const, location }));
	const digests = await workers.run(tasks, { signal: options.signal });
	const digested = new Map(
		readable.map(({ changeset }, index) => [changeset, { ...changeset, diffId: digests[index] }]),
	);
	const changesets = given.map((changeset) => digested.get(changeset) ?? changeset);
	return { changesets, diffIdOf: knownDigests(changesets, options) };
}

/** The digests of layers that have theirs, for those that are to be checked. */
export function knownDigests(
	changesets: readonly Changeset[],
	options: ReadOptions,
): (changeset: Changeset) => string | null {
	const verified = layersToVerify(changesets, options);
	return (changeset) => (verified.has(changeset) ? changeset.diffId : null);
}

/** Which layers' diff IDs are to be checked; layers that share a blob count once. */
function layersToVerify(changesets: readonly Changeset[], options: ReadOptions): ReadonlySet<Changeset> {
	return toVerify([...new Set(changesets)], ({ unpackedBytes }) => unpackedBytes, options);
}

/** Which of some layers are to be checked, if there are no others. */
export function toVerify<T>(
	layers: readonly T[],
	unpackedBytes: (layer: T) => number,
	{ verify }: ReadOptions,
): ReadonlySet<T> {
	if (verify) return new Set(layers);
	const verified = new Set<T>();
	let bytes = 0;
	for (const layer of layers.toSorted((left, right) => unpackedBytes(left) - unpackedBytes(right))) {
		bytes += unpackedBytes(layer);
		if (bytes > VERIFIED_BYTES) break;
		verified.add(layer);
	}
	return verified;
}

/** Whether each layer has the diff ID that the config names; null where it was not checked, or the config names none. */
export function matchDiffIds(
	{ layers }: ImageDescription,
	changesets: readonly Changeset[],
	diffIdOf: (changeset: Changeset) => string | null,
): readonly (boolean | null)[] {
	return changesets.map((changeset, index) => {
		const actual = diffIdOf(changeset);
		const stated = layers[index].diffId;
		return actual === null || stated === null ? null : actual === stated;
	});
}

/** A warning for each layer whose content is not what the config says. */
export function diffIdWarnings(matches: readonly (boolean | null)[]): readonly Warning[] {
	return matches.flatMap((match, layerIndex) =>
		match === false
			? [
					{
						code: 'diff-id-mismatch' as const,
						layerIndex,
						count: 1,
						example: null,
						message: 'The content of the layer does not have the diff ID that the config names.',
					},
				]
			: [],
	);
}
