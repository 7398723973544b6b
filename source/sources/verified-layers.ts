import type { ImageDescription } from '../image/image.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { Warning } from '../warning.ts';

/**
 * Diff IDs are checked without being asked for as long as the layers checked together have no more unpacked bytes than this, smallest
 * first: reading all of a large archive just for that would take many times as long as all else.
 */
export const VERIFIED_BYTES = 128 * 1024 * 1024;

/** Which layers' diff IDs are to be checked; layers that share a blob count once. */
export function layersToVerify(changesets: readonly Changeset[], verifyAll: boolean): ReadonlySet<Changeset> {
	const distinct = [...new Set(changesets)];
	if (verifyAll) return new Set(distinct);
	const verified = new Set<Changeset>();
	let bytes = 0;
	for (const changeset of distinct.sort((left, right) => left.unpackedBytes - right.unpackedBytes)) {
		bytes += changeset.unpackedBytes;
		if (bytes > VERIFIED_BYTES) break;
		verified.add(changeset);
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
