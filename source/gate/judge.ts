import type { Analysis } from '../analysis/analysis.ts';
import type { Rule } from './rule.ts';
import { type RuleKey, type RuleLimits, rules } from './rules.ts';

export interface RuleResult {
	readonly rule: Rule<RuleKey>;
	readonly value: number;
	/** null: the rule is off. */
	readonly limit: number | null;
	readonly outcome: 'pass' | 'fail' | 'off';
}

export interface Verdict {
	readonly passed: boolean;
	/** In the order of the list of rules, those that are off included. */
	readonly results: readonly RuleResult[];
}

/** Holds every figure against its limit, unrounded. A figure that is equal to its limit passes. */
export function judge(analysis: Analysis, limits: RuleLimits): Verdict {
	const results = rules.map((rule) => judgeRule(rule, analysis, limits[rule.key]));
	return { passed: results.every(({ outcome }) => outcome !== 'fail'), results };
}

function judgeRule(rule: Rule<RuleKey>, analysis: Analysis, limit: number | null): RuleResult {
	const value = rule.measure(analysis);
	if (limit === null) return { rule, value, limit, outcome: 'off' };
	const passes = rule.bound === 'lowest' ? value >= limit : value <= limit;
	return { rule, value, limit, outcome: passes ? 'pass' : 'fail' };
}
