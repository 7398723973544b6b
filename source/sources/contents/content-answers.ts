import { createHash } from 'node:crypto';
import type { CacheAddress } from '../../cache/cache-address.ts';
import { numbers } from '../../cache/kinds/answers.ts';
import { type CacheKey, type CacheRequest, diffIdKey } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';

/** The address of layers whose keys are digests of their content, so that it never changes. */
export function answersByKey(layers: readonly CacheKey[]): CacheAddress {
	return { key: layers.join('\n'), layerKeys: layers, isCurrent: () => true };
}

/** The same for layers whose diff IDs an engine or the config states; null where one has no diff ID, or its content has another one. */
export function answersByDiffId(
	diffIds: readonly (string | null)[],
	changesets: readonly Changeset[],
): CacheAddress | null {
	const known = changesets.flatMap(({ diffId }, index) => {
		const given = diffIds[index];
		return given && (diffId ?? given) === given ? [diffIdKey(given)] : [];
	});
	return known.length === changesets.length ? answersByKey(known) : null;
}

/** What comparing takes per byte, where the files are in the page cache of the system. */
const COMPARED_BYTES_A_MICROSECOND = 1000;

/** Which contents of the groups are the same, where `comparedBytes` bytes have to be read to find out. */
export function comparisonOf(
	groups: ContentGroups,
	{ key, isCurrent }: CacheAddress,
	comparedBytes: number,
): CacheRequest<ContentClasses> {
	return {
		kind: numbers((classes) => isAnswerTo(groups, classes)),
		keys: () => [keyOf(groups, key)],
		cost: comparedBytes / COMPARED_BYTES_A_MICROSECOND,
		isCurrent,
	};
}

/** The groups are a part of the key, as other groups of the same layers have another answer. */
function keyOf({ starts, layers, entries }: ContentGroups, imageKey: CacheKey): CacheKey {
	const hash = createHash('sha256');
	for (const column of [starts, layers, entries]) hash.update(column);
	return `same contents ${hash.digest('hex')}\n${imageKey}`;
}

/** Whether the class of every item is the item itself or one before it in its group, and that one's class is itself. */
function isAnswerTo({ count, starts, layers }: ContentGroups, classes: ContentClasses): boolean {
	if (classes.length !== layers.length) return false;
	for (let group = 0; group < count; group++) {
		for (let item = starts[group]; item < starts[group + 1]; item++) {
			const first = classes[item];
			if (first < starts[group] || first > item || classes[first] !== first) return false;
		}
	}
	return true;
}
