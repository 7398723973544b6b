import { explanations } from '../../analysis/findings/explanations/explanations.ts';
import type { FindingLevel } from '../../analysis/findings/finding-level.ts';
import type { KnownFinding } from '../../analysis/findings/known-findings.ts';
import type { Finding, FindingSelector, Limit, RuleFinding, RuleInput } from '../rule.ts';
import { limitOfFindings } from '../rule.ts';

/** The findings of an image that a limit is about: all for a rule that is off; null where they were not looked for. */
export function chosenFindings(
	{ findings }: RuleInput<never>,
	limit: Limit | null,
): readonly RuleFinding[] | null {
	if (findings === null) return null;
	const selectors = limit === null ? null : limitOfFindings(limit);
	return selectors === null ? findings.list : findings.list.filter((finding) => isChosen(finding, selectors));
}

function isChosen({ code, level }: KnownFinding, selectors: readonly FindingSelector[]): boolean {
	return selectors.some((selector) => selector === code || selector === level);
}

/**
 * Whether some of the findings that a limit is about are found only in contents. All of level waste are found without, if under other codes:
 * what contents tell is which package a file is of.
 */
export function needsContents(limit: Limit | null): boolean {
	const selectors = limit === null ? null : limitOfFindings(limit);
	if (selectors === null) return false;
	return explanations.some(
		({ code, level, needsContents: needs }) =>
			needs && selectors.some((selector) => selector === code || (selector === level && selector !== WASTE)),
	);
}

const WASTE: FindingLevel = 'waste';

/** What breaks a rule, once for each code and layer. */
export function brokenBy(what: string, findings: readonly RuleFinding[], limit: number): readonly Finding[] {
	const counts = new Map<string, Finding>();
	for (const { code, layerIndex } of findings) {
		const key = `${code} ${layerIndex}`;
		const value = (counts.get(key)?.value ?? 0) + 1;
		const where = { kind: 'finding', code, layerIndex } as const;
		counts.set(key, { what, where, value, limit, unit: 'count', level: 'fail' });
	}
	return [...counts.values()];
}
