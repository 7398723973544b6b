const LONGEST = 1000;

/**
 * The main attributes of a `MANIFEST.MF`, by name in lower case (JAR File Specification, "Name-Value pairs and Sections"): a line that
 * begins with a space goes on with the one before, and an empty line ends them.
 */
export function parseManifest(text: string): ReadonlyMap<string, string> {
	const [main] = text.split(/\r?\n\r?\n|\r\r/, 1);
	return parsePairs(main.replace(/(?:\r\n|\r|\n) /g, ''), ':');
}

/** What a `pom.properties` says (java.util.Properties), as far as Maven writes it: no escapes, no continued lines. */
export function parseProperties(text: string): ReadonlyMap<string, string> {
	return parsePairs(text, '=');
}

function parsePairs(text: string, separator: string): ReadonlyMap<string, string> {
	const pairs = new Map<string, string>();
	for (const line of text.split(/\r\n|\r|\n/)) {
		const at = line.indexOf(separator);
		const value = line.slice(at + 1).trim();
		if (at > 0 && value.length <= LONGEST && value !== '')
			pairs.set(line.slice(0, at).trim().toLowerCase(), value);
	}
	return pairs;
}
