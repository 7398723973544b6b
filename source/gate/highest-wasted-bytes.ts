import type { Rule } from './rule.ts';

export const highestWastedBytes = {
	key: 'highest-wasted-bytes',
	unit: 'bytes',
	bound: 'highest',
	defaultLimit: null,
	summary: 'bytes not to be seen in the end',
	measure: (analysis) => analysis.wastedBytes,
} as const satisfies Rule;
