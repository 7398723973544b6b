import { type ContentPairs, OTHER_CONTENT, UNKNOWN_CONTENT } from '../../diff/merge/content-pairs.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { ComparedImage } from './compared-image.ts';
import { comparableHashes, type FileHashes, identitiesOfPair, isUnknown } from './file-contents.ts';

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
	const hashes = await comparableHashes([filesOf(0), filesOf(1)], images, signal);
	const nodes = Int32Array.from(unsettled, (pair) => pairs.nodes[pair]);
	await runInSlices(settleByHash(nodes, hashes, codes), signal);
}

/** The pairs that their identities do not settle. */
function* settleByIdentity(
	{ count, nodes, layers, entries }: ContentPairs,
	images: Both<ComparedImage>,
	codes: Uint8Array,
): Steps<readonly number[]> {
	const unsettled: number[] = [];
	yield* inParts(count, PAIRS_A_STEP, (from, to) => {
		for (let pair = from; pair < to; pair++) {
			const identities = identitiesOfPair(images, [
				{ layer: layers[0][pair], entry: entries[0][pair] },
				{ layer: layers[1][pair], entry: entries[1][pair] },
			]);
			if (identities === null) unsettled.push(pair);
			else if (Buffer.compare(...identities) !== 0) codes[nodes[pair]] = OTHER_CONTENT;
		}
	});
	return unsettled;
}

function* settleByHash(
	nodes: Int32Array,
	{ length, hashes: [older, newer] }: FileHashes,
	codes: Uint8Array,
): Steps<void> {
	yield* inParts(nodes.length, PAIRS_A_STEP, (from, to) => {
		for (let pair = from; pair < to; pair++) {
			const [start, end] = [pair * length, (pair + 1) * length];
			const [left, right] = [older.subarray(start, end), newer.subarray(start, end)];
			if (isUnknown(left) || isUnknown(right)) codes[nodes[pair]] = UNKNOWN_CONTENT;
			else if (Buffer.compare(left, right) !== 0) codes[nodes[pair]] = OTHER_CONTENT;
		}
	});
}
