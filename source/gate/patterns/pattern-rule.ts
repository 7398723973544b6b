import type { LimitedMeasure, Measure, PatternAmount, PatternRule, Rule } from '../rule.ts';
import { type PatternMeasure, patternMeasure } from './pattern-measure.ts';

export interface PatternRuleDefinition<Key extends string>
	extends Pick<Rule<Key, never>, 'key' | 'syntax' | 'summary'>,
		Pick<PatternRule<never>, 'contentsOf' | 'meaning'>,
		PatternMeasure {}

/** A rule of patterns, which is off by default. */
export function patternRule<Key extends string>(
	definition: PatternRuleDefinition<Key>,
): Rule<Key, never> & { readonly patterns: PatternRule<never> } {
	const { key, syntax, summary, contentsOf, meaning } = definition;
	const measured = (amount: PatternAmount): LimitedMeasure<never> => patternMeasure(amount, definition);
	const any: Measure<never> = measured({ pattern: '', most: 0 }).measure;
	return {
		key,
		syntax,
		summary,
		bound: 'highest',
		defaultLimit: null,
		isAboutChange: false,
		needs: [],
		measures: [any],
		patterns: { measuresOf: ({ patterns }) => patterns.map(measured), contentsOf, meaning },
	};
}
