import type { Changeset, EntryFact, FactGroup } from '../tar/changeset.ts';
import { facts as factsKind } from './kinds/facts.ts';
import type { CacheKey } from './kinds/kind.ts';
import type { CacheRequest, LayerCache } from './layer-cache.ts';

/** Groups of facts, each with its name in the cache (`facts/fact-groups.ts`). */
export type NamedGroups = readonly { readonly group: FactGroup; readonly name: string }[];

/** A layer with the facts that are asked of it; null where it, or one of these groups, is not cached. */
export function lookUpLayer(
	cache: LayerCache,
	request: CacheRequest<Changeset>,
	groups: NamedGroups,
): Changeset | null {
	const changeset = cache.lookUp(request);
	if (changeset === null || groups.length === 0) return changeset;
	const found: [FactGroup, readonly EntryFact[]][] = [];
	for (const named of groups) {
		const facts = cache.lookUp(factsRequest(request, named));
		if (facts === null) return null;
		found.push([named.group, facts]);
	}
	return { ...changeset, facts: Object.fromEntries(found) };
}

/** Stores a layer, and the facts of it that were read. */
export function storeLayer(
	cache: LayerCache,
	request: CacheRequest<Changeset>,
	{ changeset, groups }: { readonly changeset: Changeset; readonly groups: NamedGroups },
): void {
	cache.store(request, changeset);
	const { facts } = changeset;
	if (facts === null) return;
	for (const named of groups) cache.store(factsRequest(request, named), facts[named.group] ?? []);
}

/** The facts of one group, under the keys of their layer. */
export function factsRequest(
	{ keys, cost, isCurrent }: Omit<CacheRequest<Changeset>, 'kind'>,
	{ name }: NamedGroups[number],
): CacheRequest<readonly EntryFact[]> {
	const layerKeys = typeof keys === 'function' ? keys() : keys;
	return {
		kind: factsKind,
		keys: layerKeys.map((key) => factsKey(key, name)),
		cost,
		...(isCurrent && { isCurrent }),
	};
}

function factsKey(layer: CacheKey, name: string): CacheKey {
	return `facts ${name}\n${layer}`;
}
