import type { AnswerName } from '../analysis/answers.ts';
import type { Rule } from './rule.ts';

/** A rule that holds one figure of the whole image against its limit, unrounded. A figure that is equal to the limit passes. */
export function scalarRule<Key extends string, Needs extends AnswerName>(
	definition: Omit<Rule<Key, Needs>, 'check'>,
): Rule<Key, Needs> {
	const { summary, unit, bound, measure } = definition;
	return {
		...definition,
		check: (input, limit) => {
			const value = measure(input);
			const holds = bound === 'lowest' ? value >= limit : value <= limit;
			return holds ? [] : [{ what: summary, where: { kind: 'image' }, value, limit, unit, level: 'fail' }];
		},
	};
}
