import { PatternAutomaton } from '../../../source/filter/pattern/automaton.ts';
import { compilePattern } from '../../../source/filter/pattern/compile-pattern.ts';
import { parsePattern } from '../../../source/filter/pattern/parse-pattern.ts';

/** Whether a pattern matches a text, by all parts of the engine. */
export function matchesText(pattern: string, text: string): boolean {
	const automaton = new PatternAutomaton(compilePattern(parsePattern(pattern)));
	const bytes = Buffer.from(text);
	return automaton.matches(automaton.run(automaton.initial, bytes, 0, bytes.length));
}
