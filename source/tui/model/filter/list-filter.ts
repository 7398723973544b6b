import { PatternError } from '../../../filter/pattern/pattern.ts';
import { PATTERN_SIGN, textTest } from '../../../filter/text-test.ts';
import type { TypedFilter } from './typed-filter.ts';

/** The filter of a list that is short enough to look through all of it with every letter. */
export interface ListFilter extends TypedFilter {
	/** The positions of the items that it finds, ascending; null for all of them. */
	readonly indexes: readonly number[] | null;
}

export const noListFilter: ListFilter = { text: '', problem: null, found: null, indexes: null };

/** Finds the items of which a text has what the filter looks for. An invalid filter shows everything. */
export function filterList(items: readonly (readonly string[])[], text: string): ListFilter {
	if (text === '' || text === PATTERN_SIGN) return { ...noListFilter, text };
	try {
		const hasIt = textTest(text);
		const indexes = items.flatMap((texts, index) => (texts.some(hasIt) ? [index] : []));
		return { text, problem: null, found: indexes.length, indexes };
	} catch (error) {
		if (error instanceof PatternError) return { ...noListFilter, text, problem: error.message };
		throw error;
	}
}
