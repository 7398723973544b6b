import type { LayerCache } from '../cache/layer-cache.ts';
import { discard } from '../columns/grow.ts';
import { BareChangesets } from '../filetree/stacking/bare-changesets.ts';
import {
	entriesIn,
	type ResolveContents,
	type StackedImage,
	type UnresolvedContents,
} from '../filetree/stacking/stack.ts';
import { restoredTree, storedTree } from '../filetree/stored-tree.ts';
import type { PairComparer } from '../sources/contents/pair-comparer.ts';
import type { AnswerPlace } from '../sources/image-source.ts';
import type { BlobLocation } from '../sources/store/blob-location.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { Stacking } from './stacking.ts';

export interface Remembering {
	readonly cache: LayerCache;
	/** What the layers are known by; null where nothing is to be kept. */
	readonly answers: AnswerPlace | null;
}

const WORTH_KEEPING_ENTRIES = 10_000;

/** Fewer entries are stacked and scored in less time than it takes to write the answers down and to find them again. */
export function isWorthRemembering(changesets: readonly Changeset[]): boolean {
	return entriesIn(changesets) >= WORTH_KEEPING_ENTRIES;
}

export interface RestOfStacking {
	/** The layers that were stacked while others were still being read, null for none; used up. */
	readonly begun: Stacking | null;
	/** For so many entries. */
	readonly begin: (entries: number) => Stacking;
	/** Where each layer lies that is read by position. */
	readonly locations: readonly (BlobLocation | null)[];
	readonly resolve: (contents: UnresolvedContents, comparer: PairComparer) => ReturnType<ResolveContents>;
}

/** Stacks the layers, lowest first, or finds in the cache what that gave before. Throws what stacking throws. */
export async function stackCached(
	changesets: readonly Changeset[],
	{ cache, answers }: Remembering,
	rest: RestOfStacking,
): Promise<StackedImage> {
	const parts = answers && cache.tree(answers.key);
	const bare = new BareChangesets();
	const known =
		parts &&
		restoredTree(
			parts,
			changesets.map((changeset) => bare.of(changeset)),
		);
	if (known) {
		discardPaths(changesets);
		return known;
	}
	const stacked = await stackRest(changesets, rest);
	if (answers?.isCurrent()) cache.keepTree(answers.key, storedTree(stacked));
	return stacked;
}

function stackRest(
	changesets: readonly Changeset[],
	{ begun, begin, locations, resolve }: RestOfStacking,
): Promise<StackedImage> {
	// What was read in vain, before another source had the image, is of no use.
	const isBegun = begun?.stack.changesets.every(({ kinds }, layer) => kinds === changesets[layer]?.kinds);
	const stacking = begun && isBegun ? begun : begin(entriesIn(changesets));
	const { stack, comparer } = stacking;
	for (let layer = stack.changesets.length; layer < changesets.length; layer++)
		stacking.add(changesets[layer], locations[layer] ?? null);
	return stack.finish((contents) => resolve(contents, comparer));
}

/** Gives back the paths of changesets: the largest columns of all, and of no use once names are in the tree. */
export function discardPaths(changesets: readonly Changeset[]): void {
	for (const { paths } of changesets) {
		discard(paths.bytes);
		discard(paths.ends);
	}
}
