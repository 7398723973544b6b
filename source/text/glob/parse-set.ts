type CodePointRange = readonly [first: number, last: number];

/** One character of a set, or one that is not in it, but never a slash. */
export interface SetPart {
	readonly kind: 'set';
	readonly ranges: readonly CodePointRange[];
	readonly isNegated: boolean;
}

/**
 * The regular expression of a set with its brackets. A `]` right behind the bracket, or behind the sign that negates it, is one of the
 * characters meant (glob(7)).
 */
export const SET_SOURCE = String.raw`\[(?:[!^]|(?![!^]))(?:\[:[a-z]+:\]|\\.|[^\\])(?:\[:[a-z]+:\]|\\.|[^\]\\])*\]`;

/** The classes of POSIX, of ASCII characters. */
const classes: ReadonlyMap<string, string> = new Map([
	['alnum', 'azAZ09'],
	['alpha', 'azAZ'],
	['blank', '  \t\t'],
	['cntrl', '\0\x1f\x7f\x7f'],
	['digit', '09'],
	['graph', '!~'],
	['lower', 'az'],
	['print', ' ~'],
	['punct', '!/:@[`{~'],
	['space', '\t\r  '],
	['upper', 'AZ'],
	['xdigit', '09AFaf'],
]);

const ITEM = /\[:([a-z]+):\]|(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu;

/** Parses a set with its brackets. */
export function parseSet(text: string): SetPart {
	const isNegated = /^\[[!^]/.test(text);
	return { kind: 'set', ranges: itemsOf(text).flatMap(rangesOf), isNegated };
}

/** The first range of a set that ends before it begins, as it is written; null without one. */
export function disorderedRange(text: string): string | null {
	const found = itemsOf(text).find((item) => rangesOf(item).some(([first, last]) => first > last));
	return found?.[0] ?? null;
}

function itemsOf(text: string): readonly RegExpExecArray[] {
	return [
		...text
			.slice(0, -1)
			.replace(/^\[[!^]?/, '')
			.matchAll(ITEM),
	];
}

function rangesOf([, name, first, last]: RegExpExecArray): readonly CodePointRange[] {
	if (name === undefined) return [[codePointOf(first), codePointOf(last ?? first)]];
	return [...(classes.get(name) ?? '').matchAll(/../gs)].map(([ends]) => [
		ends.charCodeAt(0),
		ends.charCodeAt(1),
	]);
}

function codePointOf(item: string): number {
	return item.codePointAt(item.length > 1 && item.startsWith('\\') ? 1 : 0) ?? 0;
}
