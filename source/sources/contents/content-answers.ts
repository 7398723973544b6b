import { createHash } from 'node:crypto';
import { type CacheKey, diffIdKey } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import type { AnswerPlace } from '../image-source.ts';

/** Where answers about layers are that are known by what they hold, and so never change. */
export function answersByKey(layers: readonly CacheKey[]): AnswerPlace {
	return { key: layers.join('\n'), isCurrent: () => true };
}

/** The same for layers that an engine or the config gives diff IDs to; null where one has none, or has another than it is given. */
export function answersByDiffId(
	diffIds: readonly (string | null)[],
	changesets: readonly Changeset[],
): AnswerPlace | null {
	const known = changesets.flatMap(({ diffId }, index) => {
		const given = diffIds[index];
		return given && (diffId ?? given) === given ? [diffIdKey(given)] : [];
	});
	return known.length === changesets.length ? answersByKey(known) : null;
}

/** What was asked is a part of the key: another way of forming groups is another question. */
export function keyOfAnswer(
	layers: CacheKey,
	{ starts, layers: itemLayers, entries }: ContentGroups,
): CacheKey {
	const hash = createHash('sha256');
	for (const column of [starts, itemLayers, entries]) hash.update(column);
	return `same contents ${hash.digest('hex')}\n${layers}`;
}

/** Whether every item is given itself or an item before it, in its own group, that stands for itself. */
export function isAnswerTo({ count, starts, layers }: ContentGroups, classes: ContentClasses): boolean {
	if (classes.length !== layers.length) return false;
	for (let group = 0; group < count; group++) {
		for (let item = starts[group]; item < starts[group + 1]; item++) {
			const first = classes[item];
			if (first < starts[group] || first > item || classes[first] !== first) return false;
		}
	}
	return true;
}
