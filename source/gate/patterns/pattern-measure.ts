import type { Finding, LimitedMeasure, LimitUnit, PatternAmount, PatternMatch, RuleInput } from '../rule.ts';

export interface PatternMeasure {
	readonly what: string;
	readonly unit: LimitUnit;
	/** What is held against the limit. */
	readonly amountOf: (match: PatternMatch) => number;
}

/** What a pattern matches, held against what it may match at most. Where not everything could be looked at, what is known can fail but not pass. */
export function patternMeasure(
	{ pattern, most }: PatternAmount,
	{ what, unit, amountOf }: PatternMeasure,
): LimitedMeasure<never> {
	const matchOf = ({ matches }: RuleInput<never>): PatternMatch => matches.get(pattern) ?? nothing;
	return {
		limit: most,
		measure: {
			pattern,
			name: null,
			unit,
			what,
			countsStoredBytes: false,
			measure: (input) => {
				const match = matchOf(input);
				const value = amountOf(match);
				const { obstacle } = match;
				return { value, ...(obstacle !== undefined && value <= most && { obstacle }) };
			},
			check: (input, limit): readonly Finding[] => {
				const match = matchOf(input);
				const value = amountOf(match);
				if (value <= limit) return [];
				const { count, examples } = match;
				const where = { kind: 'pattern', pattern, count, examples } as const;
				return [{ what, where, value, limit, unit, level: 'fail' }];
			},
		},
	};
}

const nothing: PatternMatch = { count: 0, bytes: 0, examples: [] };
