import { FactError } from '../fact-reader.ts';
import type { PackageRecord } from './package-facts.ts';

/** Characters of a name, a version or an architecture. */
const MOST_CHARACTERS = 2048;
/** What one package may depend on or provide; the largest in Debian provide some thousands. */
export const MOST_ITEMS = 20_000;
/** Packages that one database may have; all of Debian are 70,000. */
const MOST_PACKAGES = 200_000;
/** What all of them may depend on and provide together. */
const MOST_RELATIONS = 2_000_000;

/** A short text out of a file, or a `FactError`. */
export function boundedText(text: string, what: string): string {
	if (text.length > MOST_CHARACTERS)
		throw new FactError(`${what} of more than ${MOST_CHARACTERS} characters`);
	return text;
}

/** The parts of a list, without those that are empty; a `FactError` if there are too many. */
export function splitItems(text: string, separator: string | RegExp, what: string): readonly string[] {
	const parts = text.split(separator, MOST_ITEMS + 1);
	if (parts.length > MOST_ITEMS) throw new FactError(`more than ${MOST_ITEMS} ${what}`);
	return parts
		.map((part) => boundedText(part.trim(), `an item of the ${what}`))
		.filter((part) => part !== '');
}

/** Collects the packages of one database. */
export class PackageCollector {
	readonly packages: PackageRecord[] = [];
	#relations = 0;

	/** Takes one more, or throws a `FactError`. */
	add(one: PackageRecord): void {
		this.#relations += one.dependsOn.length + one.provides.length;
		if (this.packages.length === MOST_PACKAGES) throw new FactError(`more than ${MOST_PACKAGES} packages`);
		if (this.#relations > MOST_RELATIONS)
			throw new FactError(`more than ${MOST_RELATIONS} dependencies and names`);
		this.packages.push(one);
	}
}
