import { type ContentPairs, OTHER_CONTENT, UNKNOWN_CONTENT } from '../../diff/content-pairs.ts';
import type { Both } from '../../diff/merge-structure.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { inParts, type Steps } from '../../steps.ts';
import { DIGEST_BYTES } from '../../tar/changeset.ts';
import type { ComparedImage } from './compared-image.ts';
import { digestsOf, isUnknown, KnownContents } from './file-contents.ts';

const PAIRS_A_STEP = 4096;

/** Compares the contents of pairs, and gives the nodes of those that differ their code. Throws `FathomError`. */
export async function settlePairs(
	pairs: ContentPairs,
	images: Both<ComparedImage>,
	{ codes, signal }: { readonly codes: Uint8Array; readonly signal: AbortSignal | undefined },
): Promise<void> {
	if (pairs.count === 0) return;
	const unsettled = await runInSlices(settleByIdentity(pairs, images, codes), signal);
	const filesOf = (side: 0 | 1) => ({
		layers: Uint16Array.from(unsettled, (pair) => pairs.layers[side][pair]),
		entries: Int32Array.from(unsettled, (pair) => pairs.entries[side][pair]),
	});
	const digests: Both<Uint8Array> = [
		await digestsOf(filesOf(0), images[0], signal),
		await digestsOf(filesOf(1), images[1], signal),
	];
	const nodes = Int32Array.from(unsettled, (pair) => pairs.nodes[pair]);
	await runInSlices(settleByDigest(nodes, digests, codes), signal);
}

/** The pairs that their identities do not settle. */
function* settleByIdentity(
	{ count, nodes, layers, entries }: ContentPairs,
	images: Both<ComparedImage>,
	codes: Uint8Array,
): Steps<readonly number[]> {
	const known = new KnownContents(images);
	const unsettled: number[] = [];
	yield* inParts(count, PAIRS_A_STEP, (from, to) => {
		for (let pair = from; pair < to; pair++) {
			const older = known.identityOf(0, { layer: layers[0][pair], entry: entries[0][pair] });
			const newer = older && known.identityOf(1, { layer: layers[1][pair], entry: entries[1][pair] });
			if (older === null || newer === null) unsettled.push(pair);
			else if (Buffer.compare(older, newer) !== 0) codes[nodes[pair]] = OTHER_CONTENT;
		}
	});
	return unsettled;
}

function* settleByDigest(
	nodes: Int32Array,
	[older, newer]: Both<Uint8Array>,
	codes: Uint8Array,
): Steps<void> {
	yield* inParts(nodes.length, PAIRS_A_STEP, (from, to) => {
		for (let pair = from; pair < to; pair++) {
			const [start, end] = [pair * DIGEST_BYTES, (pair + 1) * DIGEST_BYTES];
			const [left, right] = [older.subarray(start, end), newer.subarray(start, end)];
			if (isUnknown(left) || isUnknown(right)) codes[nodes[pair]] = UNKNOWN_CONTENT;
			else if (Buffer.compare(left, right) !== 0) codes[nodes[pair]] = OTHER_CONTENT;
		}
	});
}
