import { growthRule } from './growth-rule.ts';

export const maxWasteGrowth = growthRule({
	key: 'max-waste-growth',
	summary: 'growth of the wasted bytes',
	figure: 'wastedBytes',
});
