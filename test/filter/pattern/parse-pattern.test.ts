import { describe, test } from 'node:test';
import { compilePattern } from '../../../source/filter/pattern/compile-pattern.ts';
import { parsePattern } from '../../../source/filter/pattern/parse-pattern.ts';
import { PatternError } from '../../../source/filter/pattern/pattern.ts';

describe('a pattern that cannot be used', () => {
	const problems: Readonly<Record<string, string>> = {
		'(': 'unmatched (',
		'a)': 'unmatched )',
		'[a': 'unmatched [',
		'*': 'nothing to repeat',
		'a**': 'nothing to repeat',
		'^*': 'nothing to repeat',
		'a{3,2}': 'numbers out of order in {}',
		'[z-a]': 'range out of order in []',
		'[\\d-z]': 'range out of order in []',
		'\\': '\\ at the end',
		'(?=a)': '(? is not supported',
		'\\b': '\\b is not supported',
		'(?<=a)b': '(? is not supported',
		'(?i)a': '(? is not supported',
		'\\p{L}': '\\p is not supported',
		'\\xE9': '\\x is not supported',
		'(a)\\1': '\\1 is not supported',
		'a{9999}': 'too many repeats',
		'.{999}': 'too complex',
		'((a{900}){900}){900}': 'too complex',
		'(((){999}){999}){999}': 'too complex',
		['a'.repeat(201)]: 'longer than 200 characters',
	};
	for (const [pattern, problem] of Object.entries(problems)) {
		test(`${pattern.slice(0, 30)}: ${problem}`, (t) => {
			t.assert.throws(() => compilePattern(parsePattern(pattern)), new PatternError(problem));
		});
	}
});

describe('a pattern of the greatest length', () => {
	const patterns = [
		'a'.repeat(200),
		'.*'.repeat(100),
		'(a*)*'.repeat(40),
		`${'('.repeat(66)}a${')*'.repeat(66)}b`,
		'a|'.repeat(100),
	];
	for (const pattern of patterns) {
		test(`${pattern.slice(0, 20)}... can be used`, (t) => {
			t.assert.equal(pattern.length, 200);
			t.assert.doesNotThrow(() => compilePattern(parsePattern(pattern)));
		});
	}
});
