import uFuzzy from '@leeoniya/ufuzzy';

const matcher = new uFuzzy({ intraIns: 4, interIns: 20 });

/** The positions of the texts that what was typed may mean, the likeliest first. */
export function fuzzyOrder(texts: readonly string[], text: string): readonly number[] {
	const [found, , order] = matcher.search([...texts], text, 1);
	if (found === null) return [];
	return order === null ? found : order.map((place) => found[place]);
}
