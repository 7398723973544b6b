import { scalarRule } from './scalar-rule.ts';

export const highestWastedBytes = scalarRule({
	key: 'highest-wasted-bytes',
	unit: 'bytes',
	bound: 'highest',
	defaultLimit: null,
	summary: 'wasted bytes in the whole image',
	needs: [],
	measure: ({ figures }) => figures.wastedBytes,
});
