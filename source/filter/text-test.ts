import { PatternAutomaton } from './pattern/automaton.ts';
import { compilePattern } from './pattern/compile-pattern.ts';
import { parsePattern } from './pattern/parse-pattern.ts';

/** What a filter begins with that is a regular expression. */
export const PATTERN_SIGN = '~';

const encoder = new TextEncoder();

/**
 * Tells whether a text has what a filter looks for: a part of it, or after `~` a regular expression. Without an upper-case letter both cases
 * are found. It and what it returns throw `PatternError`.
 */
export function textTest(filter: string): (text: string) => boolean {
	if (filter.startsWith(PATTERN_SIGN)) return patternTest(filter.slice(PATTERN_SIGN.length));
	const anyCase = filter === filter.toLowerCase();
	return (text) => (anyCase ? text.toLowerCase() : text).includes(filter);
}

function patternTest(source: string): (text: string) => boolean {
	const automaton = new PatternAutomaton(compilePattern(parsePattern(source)));
	const anyCase = !hasUpperCase(source);
	return (text) => {
		const bytes = encoder.encode(anyCase ? text.toLowerCase() : text);
		return automaton.matches(automaton.run(automaton.initial, bytes, 0, bytes.length));
	};
}

/** An upper-case letter makes the search case-sensitive. The letter of an escape such as `\S` does not count. */
export function hasUpperCase(source: string): boolean {
	const literal = source.replace(/\\./gu, '');
	return literal !== literal.toLowerCase();
}
