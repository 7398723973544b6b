import type { AnswerName } from '../analysis/answers.ts';
import { highestWastedBytes } from './highest-wasted-bytes.ts';
import { highestWastedPercent } from './highest-wasted-percent.ts';
import { lowestEfficiency } from './lowest-efficiency.ts';
import { maxEfficiencyDrop } from './max-efficiency-drop.ts';
import { maxPull } from './max-pull.ts';
import { maxSize } from './max-size.ts';
import { maxSizeGrowth } from './max-size-growth.ts';
import { maxWasteGrowth } from './max-waste-growth.ts';
import { type Level, type Limit, partOf, type Rule } from './rule.ts';

/** Every rule, in the order of the verdict. Flags, keys of fathom.yaml and environment variables follow from this list. */
export const rules = [
	lowestEfficiency,
	highestWastedBytes,
	highestWastedPercent,
	maxSize,
	maxEfficiencyDrop,
	maxSizeGrowth,
	maxWasteGrowth,
	maxPull,
] as const;

export type RuleKey = (typeof rules)[number]['key'];

/** The limit of each rule; null for a rule that is off. */
export type RuleLimits = Readonly<Record<RuleKey, Limit | null>>;

/** What fathom.yaml says of a rule beside its limit. */
export interface RuleDetails {
	/** `fail` by default. */
	readonly level?: Level;
	/** Why the rule is there, for the verdict. Not yet escaped for a terminal. */
	readonly reason?: string;
	/** Globs of paths that the rule does not count. */
	readonly ignore?: readonly string[];
}

/** By the key of the rule; a rule of which nothing is said is left out. */
export type AllRuleDetails = Readonly<Partial<Record<RuleKey, RuleDetails>>>;

/** A value for each rule, by its key. */
export function forEachRule<Value>(toValue: (rule: (typeof rules)[number]) => Value): Record<RuleKey, Value> {
	return Object.fromEntries(rules.map((rule) => [rule.key, toValue(rule)])) as Record<RuleKey, Value>;
}

/** What all rules together need: the verdict shows the value of a rule that is off as well. */
export function needsOfRules(): readonly AnswerName[] {
	return [...new Set(rules.flatMap(({ needs }): readonly AnswerName[] => needs))];
}

/** Whether a limit, or a part of it, is on stored bytes, of which no path can be left out. */
export function limitsStoredBytes({ measures }: Pick<Rule, 'measures'>, limit: Limit): boolean {
	return measures.some((measure) => measure.countsStoredBytes && partOf(limit, measure) !== null);
}
