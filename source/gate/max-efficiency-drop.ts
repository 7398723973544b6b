import { type Baseline, efficiencyOf } from './baseline/baseline.ts';
import { notThere } from './baseline/not-known.ts';
import type { Measured, Rule, RuleInput } from './rule.ts';

/** Digits of a difference of two ratios that are not an artefact of binary fractions: 0.95 - 0.94 is 0.01 then. */
const SIGNIFICANT_DIGITS = 12;

export const maxEfficiencyDrop: Rule<'max-efficiency-drop', never> = {
	key: 'max-efficiency-drop',
	syntax: 'points',
	bound: 'highest',
	defaultLimit: '1',
	summary: 'drop of efficiency in points',
	isAboutChange: true,
	needs: [],
	measures: [
		{
			name: null,
			unit: 'points',
			what: 'drop of efficiency',
			countsStoredBytes: false,
			measure: ({ figures, baseline }) => (baseline === null ? notThere : dropSince(baseline, figures)),
		},
	],
};

/** Negative where efficiency rose. */
function dropSince(baseline: Baseline, { efficiency }: RuleInput['figures']): Measured {
	if (baseline.wasteObstacle !== undefined) return { value: null, obstacle: baseline.wasteObstacle };
	const before = efficiencyOf(baseline.figures);
	return { value: Number(((before - efficiency) * 100).toFixed(SIGNIFICANT_DIGITS)) };
}
