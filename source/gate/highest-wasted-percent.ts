import type { Rule } from './rule.ts';

/** Waste that a base image brings is not the author's: only what the layers above it waste counts, against what they ship. */
export const highestWastedPercent = {
	key: 'highest-wasted-percent',
	unit: 'percent',
	bound: 'highest',
	defaultLimit: 0.1,
	summary: 'wasted share above the base',
	measure: (analysis) => analysis.addedLayers.wastedRatio,
} as const satisfies Rule;
