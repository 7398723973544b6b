import { growthRule } from './growth-rule.ts';

/** Unpacked bytes are the same whatever a source does to store the layers, and count what is shipped and not visible as well. */
export const maxSizeGrowth = growthRule({
	key: 'max-size-growth',
	summary: 'growth of the unpacked size',
	figure: 'unpackedBytes',
});
