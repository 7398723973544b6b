import {
	type Finding,
	type FindingSelector,
	type Level,
	type Limit,
	limitedMeasures,
	limitOfFindings,
	type Measure,
	type Measured,
	type Rule,
	type RuleInput,
} from './rule.ts';
import { type AllRuleDetails, type RuleDetails, type RuleKey, type RuleLimits, rules } from './rules.ts';

/** What one rule says of one thing that it measures. */
export interface Judgement {
	readonly rule: Rule;
	readonly measure: Measure;
	/** What is measured of the image as a whole. */
	readonly measured: Measured;
	/** null: the rule is off. */
	readonly limit: number | null;
	readonly level: Level;
	/** Why the rule is there, as fathom.yaml says. */
	readonly reason: string | null;
	/** The codes and levels of the findings that the rule is about; null where it is about something else, or off. */
	readonly chosen: readonly FindingSelector[] | null;
	/** The globs of what the rule does not count, as fathom.yaml says. */
	readonly ignore: readonly string[];
	/** What breaks the limit; empty when the rule holds, is off or does not judge. */
	readonly findings: readonly Finding[];
	/** The worst level of the findings when there are any. */
	readonly outcome: Outcome;
}

/** `not-judged`: there is a limit, and what it is about is not known. */
export type Outcome = 'fail' | 'warn' | 'not-judged' | 'pass' | 'off';

export interface Verdict {
	/** Whether no rule fails. */
	readonly passed: boolean;
	/** In the order of the list of rules, those that are off included: one for each part of a limit. */
	readonly judgements: readonly Judgement[];
}

export interface RuleOptions {
	readonly limits: RuleLimits;
	readonly details?: AllRuleDetails;
	/** Whether the user named a baseline. Without one, rules about change are left out that nobody set a limit for. */
	readonly hasBaseline?: boolean;
}

/** Holds an image against every rule. `inputOf` gives what a rule judges, less what it is to leave out. */
export function judge(
	inputOf: (key: RuleKey) => RuleInput,
	{ limits, details = {}, hasBaseline = false }: RuleOptions,
): Verdict {
	const shown = rules.filter((rule: Rule<RuleKey>) =>
		rule.patterns === undefined
			? hasBaseline || !rule.isAboutChange || (rule.defaultLimit === null && limits[rule.key] !== null)
			: limits[rule.key] !== null,
	);
	const judgements = shown.flatMap((rule) =>
		judgeRule(rule, inputOf(rule.key), { limit: limits[rule.key], details: details[rule.key] }),
	);
	return { passed: judgements.every(({ outcome }) => outcome !== 'fail'), judgements };
}

export interface OneRuleOptions {
	readonly limit: Limit | null;
	readonly details?: RuleDetails | undefined;
}

/** Holds an image against one rule, which is off when the limit is null. */
export function judgeRule(
	rule: Rule,
	input: RuleInput,
	{ limit, details = {} }: OneRuleOptions,
): readonly Judgement[] {
	const { level = 'fail', reason = null, ignore = [] } = details;
	const chosen = limit === null ? null : limitOfFindings(limit);
	const common = { rule, level, reason, ignore, chosen };
	if (limit === null) {
		const [measure] = rule.measures;
		const measured = measure.measure(input, null);
		return [{ ...common, measure, measured, limit, findings: [], outcome: 'off' }];
	}
	return limitedMeasures(rule, limit).map(({ measure, limit: part }) => ({
		...common,
		measure,
		limit: part,
		...holdAgainst(input, { part, whole: limit }, common, measure),
	}));
}

function holdAgainst(
	input: RuleInput,
	{ part, whole }: { readonly part: number; readonly whole: Limit },
	{ rule, level }: Pick<Judgement, 'rule' | 'level'>,
	measure: Measure,
): Pick<Judgement, 'measured' | 'findings' | 'outcome'> {
	const measured = measure.measure(input, whole);
	const { value, obstacle } = measured;
	if (value === null || obstacle !== undefined) return { measured, findings: [], outcome: 'not-judged' };
	const found = measure.check?.(input, part, whole) ?? checkValue(value, part, rule, measure);
	const findings = level === 'fail' ? found : found.map((finding) => ({ ...finding, level }));
	return { measured, findings, outcome: outcomeOf(findings) };
}

function checkValue(
	value: number,
	limit: number,
	{ bound }: Rule,
	{ what, unit }: Measure,
): readonly Finding[] {
	const holds = bound === 'lowest' ? value >= limit : value <= limit;
	return holds ? [] : [{ what, where: { kind: 'image' }, value, limit, unit, level: 'fail' }];
}

function outcomeOf(findings: readonly Finding[]): Outcome {
	if (findings.length === 0) return 'pass';
	return findings.some(({ level }) => level === 'fail') ? 'fail' : 'warn';
}
