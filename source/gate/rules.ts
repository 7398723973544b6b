import type { AnswerName } from '../analysis/answers.ts';
import { highestWastedBytes } from './highest-wasted-bytes.ts';
import { highestWastedPercent } from './highest-wasted-percent.ts';
import { lowestEfficiency } from './lowest-efficiency.ts';

/** Every rule, in the order of the verdict. Flags, keys of fathom.yaml and environment variables follow from this list. */
export const rules = [lowestEfficiency, highestWastedBytes, highestWastedPercent] as const;

export type RuleKey = (typeof rules)[number]['key'];

/** The limit of each rule, a ratio or bytes; null for a rule that is off. */
export type RuleLimits = Readonly<Record<RuleKey, number | null>>;

/** A value for each rule, by its key. */
export function forEachRule<Value>(toValue: (rule: (typeof rules)[number]) => Value): Record<RuleKey, Value> {
	return Object.fromEntries(rules.map((rule) => [rule.key, toValue(rule)])) as Record<RuleKey, Value>;
}

/** What all rules together need: the verdict shows the value of a rule that is off as well. */
export function needsOfRules(): readonly AnswerName[] {
	return [...new Set(rules.flatMap(({ needs }): readonly AnswerName[] => needs))];
}
