import type { Rule } from '../rule.ts';
import { brokenBy, chosenFindings } from './chosen-findings.ts';

export const forbidFindings: Rule<'forbid-findings', never> = {
	key: 'forbid-findings',
	syntax: 'findings',
	bound: 'highest',
	defaultLimit: null,
	summary: 'findings by code and level',
	isAboutChange: false,
	needs: [],
	measures: [
		{
			name: null,
			unit: 'count',
			what: 'findings that are forbidden',
			countsStoredBytes: false,
			measure: (input, limit) => ({ value: chosenFindings(input, limit)?.length ?? null }),
			check: (input, limit, whole) =>
				brokenBy('findings that are forbidden', chosenFindings(input, whole) ?? [], limit),
		},
	],
};
