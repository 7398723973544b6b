import { compareFindings } from '../../analysis/findings/compare-findings.ts';
import { notThere } from '../baseline/not-known.ts';
import type { Limit, Measured, Rule, RuleFinding, RuleInput } from '../rule.ts';
import { brokenBy, chosenFindings } from './chosen-findings.ts';

export const newFindings: Rule<'new-findings', never> = {
	key: 'new-findings',
	syntax: 'findings',
	bound: 'highest',
	defaultLimit: null,
	summary: 'new or grown findings by code and level',
	isAboutChange: true,
	needs: [],
	measures: [
		{
			name: null,
			unit: 'count',
			what: 'findings that the baseline does not have, or that grew',
			countsStoredBytes: false,
			measure: measureNew,
			check: (input, limit, whole) =>
				brokenBy('findings that the baseline does not have, or that grew', newSince(input, whole), limit),
		},
	],
};

function measureNew(input: RuleInput<never>, limit: Limit | null): Measured {
	const { baseline } = input;
	if (baseline === null) return notThere;
	if (limit === null) return { value: null };
	if (baseline.findings === null)
		return { value: null, obstacle: 'the baseline was saved without findings; save it again' };
	if (input.findings !== null && input.findings.withContents !== baseline.findings.withContents)
		return {
			value: null,
			obstacle: baseline.findings.withContents
				? 'the findings of the baseline are with contents of files, and those of the image are without'
				: 'the findings of the baseline are without contents of files, and those of the image are with them',
		};
	return { value: newSince(input, limit).length };
}

function newSince(input: RuleInput<never>, limit: Limit): readonly RuleFinding[] {
	const older = input.baseline?.findings?.list ?? [];
	const changes = compareFindings(older, chosenFindings(input, limit) ?? []);
	return changes.flatMap(({ kind, finding }) => (finding !== null && kind !== 'less' ? [finding] : []));
}
