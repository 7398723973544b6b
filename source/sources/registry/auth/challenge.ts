/** A way to authenticate that a registry offers (RFC 9110, 11.6.1 "WWW-Authenticate"). */
export interface Challenge {
	/** In lowercase: `bearer`, `basic`. */
	readonly scheme: string;
	/** By name in lowercase. */
	readonly parameters: Readonly<Record<string, string>>;
}

const LONGEST = 16 * 1024;

/** One token, `=` with a quoted string or a token after it, or a comma. */
const part = /\s*(?:([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?|(,))/y;

/** Parses the challenges of a header, up to the first syntax error. */
export function parseChallenges(header: string): readonly Challenge[] {
	const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
	const text = header.slice(0, LONGEST);
	part.lastIndex = 0;
	for (let match = part.exec(text); match !== null; match = part.exec(text)) {
		const [, name, quoted, plain, comma] = match;
		if (comma) continue;
		const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
		if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: {} });
		else Object.assign(challenges.at(-1)?.parameters ?? {}, { [name.toLowerCase()]: value });
	}
	return challenges;
}
