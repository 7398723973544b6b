import type { CacheAddress } from '../cache/cache-address.ts';
import type { CacheKind } from '../cache/kinds/kind.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { StackedImage } from '../filetree/stacked-image.ts';
import { BareChangesets } from '../filetree/stacking/bare-changesets.ts';
import { entriesIn, type ResolveContents, type UnresolvedContents } from '../filetree/stacking/stack.ts';
import { restoredTree, storedTree } from '../filetree/stored-tree.ts';
import type { PairComparer } from '../sources/contents/pair-comparer.ts';
import type { BlobLocation } from '../sources/store/blob-location.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { Stacking } from './stacking.ts';

export interface TreeCache {
	readonly cache: LayerCache;
	/** Where the tree of the layers is; null where it is not cached. */
	readonly answers: CacheAddress | null;
}

const MICROSECONDS_AN_ENTRY = 1;

export interface RestOfStacking {
	/** The layers that were stacked while others were still being read, null for none; used up. */
	readonly begun: Stacking | null;
	/** Begins to stack layers that are expected to have this many entries. */
	readonly begin: (entries: number) => Stacking;
	/** Where each layer lies that is read by position. */
	readonly locations: readonly (BlobLocation | null)[];
	readonly resolve: (contents: UnresolvedContents, comparer: PairComparer) => ReturnType<ResolveContents>;
}

/** The tree of the layers, lowest first: from the cache, else stacked. Throws what stacking throws. */
export async function stackCached(
	changesets: readonly Changeset[],
	{ cache, answers }: TreeCache,
	rest: RestOfStacking,
): Promise<StackedImage> {
	if (answers === null) return stackRest(changesets, rest);
	const { key, isCurrent } = answers;
	const cost = entriesIn(changesets) * MICROSECONDS_AN_ENTRY;
	const request = { kind: treeOf(changesets), keys: [key], cost, isCurrent };
	return cache.through(request, () => stackRest(changesets, rest));
}

function treeOf(changesets: readonly Changeset[]): CacheKind<StackedImage> {
	const bare = new BareChangesets();
	return {
		name: 'tree',
		encode: storedTree,
		decode: (parts) =>
			restoredTree(
				parts,
				changesets.map((changeset) => bare.of(changeset)),
			),
		check: () => true,
	};
}

async function stackRest(
	changesets: readonly Changeset[],
	{ begun, begin, locations, resolve }: RestOfStacking,
): Promise<StackedImage> {
	// A stack that was begun with the layers of another source, which then failed, is of no use.
	const isBegun = begun?.stack.changesets.every(({ kinds }, layer) => kinds === changesets[layer]?.kinds);
	const stacking = begun && isBegun ? begun : begin(entriesIn(changesets));
	const { stack, comparer } = stacking;
	for (let layer = stack.changesets.length; layer < changesets.length; layer++)
		await stacking.add(changesets[layer], locations[layer] ?? null);
	return stacking.finish((contents) => resolve(contents, comparer));
}
