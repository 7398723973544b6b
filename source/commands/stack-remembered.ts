import type { LayerCache } from '../cache/layer-cache.ts';
import { discard } from '../columns/grow.ts';
import { type SettleContent, type StackedImage, stackChangesets, withoutPaths } from '../filetree/stack.ts';
import { restoredTree, storedTree } from '../filetree/stored-tree.ts';
import type { AnswerPlace } from '../sources/image-source.ts';
import type { Changeset } from '../tar/changeset.ts';

export interface Remembering {
	readonly cache: LayerCache;
	/** What the layers are known by; null where nothing is to be kept. */
	readonly answers: AnswerPlace | null;
}

const WORTH_KEEPING_ENTRIES = 10_000;

/** Fewer entries are stacked and scored in less time than it takes to write the answers down and to find them again. */
export function isWorthRemembering(changesets: readonly Changeset[]): boolean {
	return changesets.reduce((sum, { count }) => sum + count, 0) >= WORTH_KEEPING_ENTRIES;
}

/** Stacks the layers, lowest first, or finds in the cache what that gave before. Throws what `stackChangesets` throws. */
export async function stackRemembered(
	changesets: readonly Changeset[],
	{ cache, answers }: Remembering,
	settle: SettleContent,
): Promise<StackedImage> {
	if (answers === null) return stackChangesets(changesets, settle);
	const parts = cache.tree(answers.key);
	const known = parts && restoredTree(parts, withoutPaths(changesets));
	if (known !== null) {
		discardPaths(changesets);
		return known;
	}
	const stacked = await stackChangesets(changesets, settle);
	if (answers.isCurrent()) cache.keepTree(answers.key, storedTree(stacked));
	return stacked;
}

/** Gives back the paths of changesets: the largest columns of all, and of no use once names are in the tree. */
export function discardPaths(changesets: readonly Changeset[]): void {
	for (const { paths } of changesets) {
		discard(paths.bytes);
		discard(paths.ends);
	}
}
