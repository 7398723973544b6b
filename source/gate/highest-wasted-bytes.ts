import { scalarRule } from './scalar-rule.ts';

export const highestWastedBytes = scalarRule({
	key: 'highest-wasted-bytes',
	unit: 'bytes',
	bound: 'highest',
	defaultLimit: null,
	summary: 'bytes not to be seen in the end',
	measure: ({ analysis }) => analysis.wastedBytes,
});
