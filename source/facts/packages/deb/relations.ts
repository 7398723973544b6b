import { FactError } from '../../fact-reader.ts';
import { MOST_ITEMS, splitItems } from '../field-limits.ts';

/**
 * The packages of a field such as Depends, each with its alternatives, by name alone: without versions, architectures and profiles
 * (Debian Policy 7.1).
 */
export function parseRelations(field: string): readonly (readonly string[])[] {
	const known = new Set<string>();
	const relations: (readonly string[])[] = [];
	let count = 0;
	for (const item of splitItems(field, ',', 'relations')) {
		const names = splitItems(item, '|', 'alternatives')
			.map(relatedName)
			.filter((name) => name !== '');
		count += names.length;
		if (count > MOST_ITEMS) throw new FactError(`more than ${MOST_ITEMS} relations`);
		const written = names.join('|');
		// A range of versions is written as two relations with one package.
		if (names.length === 0 || known.has(written)) continue;
		known.add(written);
		relations.push(names);
	}
	return relations;
}

/** The names of a field such as Provides, which has no alternatives. */
export function parseNames(field: string): readonly string[] {
	return [...new Set(parseRelations(field).map(([name]) => name))];
}

function relatedName(relation: string): string {
	const end = relation.search(/[\s:([<]/);
	return end < 0 ? relation : relation.slice(0, end);
}
