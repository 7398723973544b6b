import type { AnswerName } from '../analysis/answers.ts';
import { budget } from './budget.ts';
import { forbidFindings } from './findings/forbid-findings.ts';
import { newFindings } from './findings/new-findings.ts';
import { forbid } from './forbid.ts';
import { forbidSecrets } from './forbid-secrets.ts';
import { highestWastedBytes } from './highest-wasted-bytes.ts';
import { highestWastedPercent } from './highest-wasted-percent.ts';
import { lowestEfficiency } from './lowest-efficiency.ts';
import { maxEfficiencyDrop } from './max-efficiency-drop.ts';
import { maxPull } from './max-pull.ts';
import { maxSize } from './max-size.ts';
import { maxSizeGrowth } from './max-size-growth.ts';
import { maxWasteGrowth } from './max-waste-growth.ts';
import {
	isPatternLimit,
	type Level,
	type Limit,
	limitedMeasures,
	type Rule,
	type RuleContents,
} from './rule.ts';

/** Every rule, in the order of the verdict. Flags, keys of fathom.yaml and environment variables follow from this list. */
export const rules = [
	lowestEfficiency,
	highestWastedBytes,
	highestWastedPercent,
	maxSize,
	forbidFindings,
	maxEfficiencyDrop,
	maxSizeGrowth,
	maxWasteGrowth,
	maxPull,
	forbid,
	forbidSecrets,
	budget,
	newFindings,
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

/** What the rules that are on have read from the contents of files. */
export function contentsOfRules(limits: RuleLimits): readonly RuleContents[] {
	const contents = rules.flatMap(({ key, patterns }: Rule<RuleKey>): readonly RuleContents[] => {
		const limit = limits[key];
		return limit === null || !isPatternLimit(limit) ? [] : (patterns?.contentsOf(limit) ?? []);
	});
	return [...new Set(contents)];
}

/** Whether a limit, or a part of it, is on stored bytes, of which no path can be left out. */
export function limitsStoredBytes(rule: Rule, limit: Limit): boolean {
	return limitedMeasures(rule, limit).some(({ measure }) => measure.countsStoredBytes);
}
