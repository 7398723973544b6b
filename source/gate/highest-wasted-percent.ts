import { scalarRule } from './scalar-rule.ts';

/** Waste in the base image is not the author's: only what the layers above the base waste counts, against what they ship. */
export const highestWastedPercent = scalarRule({
	key: 'highest-wasted-percent',
	unit: 'percent',
	bound: 'highest',
	defaultLimit: '10%',
	summary: 'wasted share above the base',
	needs: [],
	measure: ({ figures }) => figures.addedLayers.wastedRatio,
});
