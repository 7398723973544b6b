import type { AnswerName } from '../analysis/answers.ts';
import type { LimitUnit, Measure, Rule, RuleInput } from './rule.ts';

/** A rule that holds one figure of the whole image against its limit. */
export interface ScalarRule<Key extends string, Needs extends AnswerName>
	extends Omit<Rule<Key, Needs>, 'syntax' | 'measures' | 'isAboutChange'> {
	readonly unit: Exclude<LimitUnit, 'count'>;
	readonly measure: (input: RuleInput<Needs>) => number;
}

/** A rule that holds one figure of the whole image against its limit, unrounded. A figure that is equal to the limit passes. */
export function scalarRule<Key extends string, Needs extends AnswerName>({
	unit,
	measure,
	...definition
}: ScalarRule<Key, Needs>): Rule<Key, Needs> {
	const only: Measure<Needs> = {
		name: null,
		unit,
		what: definition.summary,
		countsStoredBytes: false,
		measure: (input) => ({ value: measure(input) }),
	};
	return { ...definition, syntax: unit, isAboutChange: false, measures: [only] };
}
