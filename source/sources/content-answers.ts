import { createHash } from 'node:crypto';
import type { CacheKey } from '../cache/layer-cache.ts';
import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';

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
