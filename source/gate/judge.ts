import type { Finding, Rule, RuleInput } from './rule.ts';
import { type RuleLimits, rules } from './rules.ts';

export interface RuleResult {
	readonly rule: Rule;
	/** What the rule measures of the image as a whole. */
	readonly value: number;
	/** null: the rule is off. */
	readonly limit: number | null;
	/** What breaks the limit; empty when the rule holds or is off. */
	readonly findings: readonly Finding[];
	/** The worst level of the findings when there are any. */
	readonly outcome: 'pass' | Finding['level'] | 'off';
}

export interface Verdict {
	/** Whether no rule fails. */
	readonly passed: boolean;
	/** In the order of the list of rules, those that are off included. */
	readonly results: readonly RuleResult[];
}

/** Holds an image against every rule. */
export function judge(input: RuleInput, limits: RuleLimits): Verdict {
	const results = rules.map((rule) => judgeRule(rule, input, limits[rule.key]));
	return { passed: results.every(({ outcome }) => outcome !== 'fail'), results };
}

/** Holds an image against one rule, which is off when the limit is null. */
export function judgeRule(rule: Rule, input: RuleInput, limit: number | null): RuleResult {
	const value = rule.measure(input);
	if (limit === null) return { rule, value, limit, findings: [], outcome: 'off' };
	const findings = rule.check(input, limit);
	return { rule, value, limit, findings, outcome: outcomeOf(findings) };
}

function outcomeOf(findings: readonly Finding[]): RuleResult['outcome'] {
	if (findings.length === 0) return 'pass';
	return findings.some(({ level }) => level === 'fail') ? 'fail' : 'warn';
}
