import type { Rule } from './rule.ts';

export const lowestEfficiency = {
	key: 'lowest-efficiency',
	unit: 'ratio',
	bound: 'lowest',
	defaultLimit: 0.9,
	summary: 'live bytes over total bytes',
	measure: (analysis) => analysis.efficiency,
} as const satisfies Rule;
