import type { BaselineFigures } from './baseline/baseline.ts';
import { notThere } from './baseline/not-known.ts';
import type { Measured, Rule, RuleInput } from './rule.ts';

export interface GrowthRule<Key extends string> {
	readonly key: Key;
	readonly summary: string;
	/** What grows. */
	readonly figure: keyof BaselineFigures & ('unpackedBytes' | 'wastedBytes');
}

/** A rule that limits how much a figure grows since the baseline: in bytes, as a percentage of what it was, or both. */
export function growthRule<Key extends string>(definition: GrowthRule<Key>): Rule<Key, never> {
	const { key, summary } = definition;
	const common = { what: summary, countsStoredBytes: false } as const;
	return {
		key,
		syntax: 'growth',
		bound: 'highest',
		defaultLimit: null,
		summary,
		isAboutChange: true,
		needs: [],
		measures: [
			{
				...common,
				name: 'bytes',
				unit: 'bytes',
				measure: (input) => measureGrowth(definition, input, (before, after) => after - before),
			},
			{
				...common,
				name: 'percent',
				unit: 'percent',
				what: `${summary}, as a percentage`,
				measure: (input) => measureGrowth(definition, input, growthRatio),
			},
		],
	};
}

function measureGrowth(
	{ figure }: Pick<GrowthRule<string>, 'figure'>,
	{ figures, baseline }: RuleInput<never>,
	grow: (before: number, after: number) => number,
): Measured {
	if (baseline === null) return notThere;
	if (figure === 'wastedBytes' && baseline.wasteObstacle !== undefined)
		return { value: null, obstacle: baseline.wasteObstacle };
	return { value: grow(baseline.figures[figure], figures[figure]) };
}

/** Infinite for what grows from nothing. */
function growthRatio(before: number, after: number): number {
	return after === before ? 0 : (after - before) / before;
}
