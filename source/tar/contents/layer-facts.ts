import type { EntryFact, FactGroup, LayerFacts } from '../changeset.ts';

/** The same groups with other facts in each. */
export function mapFacts(
	facts: LayerFacts,
	change: (facts: readonly EntryFact[], group: FactGroup) => readonly EntryFact[],
): LayerFacts {
	const groups = Object.entries(facts) as [FactGroup, readonly EntryFact[]][];
	return Object.fromEntries(groups.map(([group, each]) => [group, change(each, group)]));
}
