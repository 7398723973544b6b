import { splitItems } from '../field-limits.ts';

/** The names of a list such as `D:` or `p:`, without versions and repositories, and without what must not be there (`!name`). */
export function parseDependencies(list: string): readonly string[] {
	const items = splitItems(list, /\s+/, 'dependencies').filter((item) => !item.startsWith('!'));
	return [...new Set(items.map((item) => item.split(/[<>=~@]/, 1)[0]).filter((name) => name !== ''))];
}
