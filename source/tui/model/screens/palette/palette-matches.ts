import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What can be done. */
export interface PaletteEntry {
	/** That of the binding. */
	readonly id: string;
	/** What fathom.yaml calls it. */
	readonly name: string;
	readonly description: string;
	/** As the user reads them. */
	readonly keys: string;
}

/** More than anybody types to find an action. */
const MAXIMUM_TEXT = 60;

/** The entries that what was typed may mean, the likeliest first; all of them where nothing was. */
export function matchingEntries(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
	const text = typed.slice(0, MAXIMUM_TEXT).trim();
	if (text === '') return entries;
	const texts = entries.map(({ description, name }) => `${description} ${name}`);
	return loadFuzzy()
		.fuzzyOrder(texts, text)
		.map((index) => entries[index]);
}

/** Loads the matcher when the first letter is typed. The file has the ending of this one: `.ts` in the source, `.js` in the built program. */
function loadFuzzy(): typeof import('./fuzzy.ts') {
	return require(`./fuzzy${import.meta.url.slice(-3)}`) as typeof import('./fuzzy.ts');
}
