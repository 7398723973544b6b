import { scalarRule } from './scalar-rule.ts';

export const lowestEfficiency = scalarRule({
	key: 'lowest-efficiency',
	unit: 'ratio',
	bound: 'lowest',
	defaultLimit: '0.9',
	summary: 'live bytes divided by total bytes',
	needs: [],
	measure: ({ figures }) => figures.efficiency,
});
