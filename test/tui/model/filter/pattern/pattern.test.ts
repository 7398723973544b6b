import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PatternAutomaton } from '../../../../../source/tui/model/filter/pattern/automaton.ts';
import { compilePattern } from '../../../../../source/tui/model/filter/pattern/compile-pattern.ts';
import { parsePattern } from '../../../../../source/tui/model/filter/pattern/parse-pattern.ts';
import { PatternError } from '../../../../../source/tui/model/filter/pattern/pattern.ts';

const encoder = new TextEncoder();

function matches(pattern: string, text: string): boolean {
	const automaton = new PatternAutomaton(compilePattern(parsePattern(pattern)));
	const bytes = encoder.encode(text);
	return automaton.matches(automaton.run(automaton.initial, bytes, 0, bytes.length));
}

describe('a regular expression', () => {
	const cases: readonly (readonly [pattern: string, text: string, expected: boolean])[] = [
		['', '', true],
		['b', 'abc', true],
		['^b', 'abc', false],
		['c$', 'abc', true],
		['^abc$', 'abc', true],
		['a.c', 'abc', true],
		['a.c', 'a\nc', false],
		['^.$', '日', true],
		['^..$', '日', false],
		['[à-ü]{2}', 'éè', true],
		['[^a-z]', 'abc', false],
		['[^a-z]', 'abç', true],
		['[]', 'a', false],
		['[^]', 'a', true],
		['[a\\]-]+$', ']-a', true],
		['^(?:ab|cd)+$', 'abcdab', true],
		['^(ab|cd)*$', 'abc', false],
		['^a{2,3}$', 'aa', true],
		['^a{2,3}$', 'aaaa', false],
		['^a{2,}$', 'aaaaa', true],
		['^a{2}$', 'aaa', false],
		['a{,2}', 'a{,2}', true],
		['^a*?b+?$', 'aabb', true],
		['\\.so(\\.\\d+)*$', '/lib/libc.so.6', true],
		['\\w\\W\\s\\S\\D', 'a- bc', true],
		['\\/\\$\\^\\(', '/$^(', true],
		['a||b', 'zzz', true],
		['x*', '', true],
		['$^', '', true],
		['a^', 'a', false],
	];
	for (const [pattern, text, expected] of cases) {
		test(`${JSON.stringify(pattern)} ${expected ? 'matches' : 'does not match'} ${JSON.stringify(text)}`, (t) => {
			t.assert.equal(matches(pattern, text), expected);
		});
	}

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
		'(a)\\1': '\\1 is not supported',
		'a{9999}': 'too many repeats',
		'((a{900}){900}){900}': 'too complex',
		'(((){999}){999}){999}': 'too complex',
		[`${'a'.repeat(201)}`]: 'longer than 200 characters',
	};
	for (const [pattern, problem] of Object.entries(problems)) {
		test(`${pattern.slice(0, 30)} cannot be used: ${problem}`, (t) => {
			t.assert.throws(() => compilePattern(parsePattern(pattern)), new PatternError(problem));
		});
	}

	test('that would keep a backtracking matcher busy for years is matched in one pass', (t) => {
		const text = 'a'.repeat(50_000);
		t.assert.equal(matches('^(a+)+$', `${text}b`), false);
		t.assert.equal(matches('^(a|a)*$', text), true);
		t.assert.equal(matches('(.*)*(.*)*(.*)*x', text), false);
	});

	test('whose automaton would grow without end is given up', (t) => {
		let random = 1;
		const noise = Array.from({ length: 50_000 }, () => {
			random = (random * 48_271) % 0x7fffffff;
			return random & 64 ? 'a' : 'b';
		});
		t.assert.throws(() => matches('(a|b)*a(a|b){60}$', noise.join('')), new PatternError('too complex'));
	});

	test('means what JavaScript means by it', () => {
		const letter = fc.constantFrom('a', 'b', 'c', 'é', '日', '/', '.');
		const atom = fc.oneof(
			{ weight: 5, arbitrary: letter.map((each) => (each === '.' || each === '/' ? `\\${each}` : each)) },
			{
				weight: 1,
				arbitrary: fc.constantFrom(
					'.',
					'[ab]',
					'[^a日]',
					'[a-é]',
					'\\w',
					'\\W',
					'\\d',
					'\\S',
					'[^]',
					'^',
					'$',
				),
			},
		);
		const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string }>((tie) => ({
			pattern: fc.oneof(
				{ weight: 3, arbitrary: tie('sequence') },
				fc.tuple(tie('sequence'), tie('sequence')).map((both) => both.join('|')),
			),
			sequence: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
			part: fc.oneof(
				{ maxDepth: 4 },
				{ weight: 4, arbitrary: atom },
				fc
					.tuple(letter, fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}', '*?'))
					.map(([each, times]) => `${each === '.' || each === '/' ? `\\${each}` : each}${times}`),
				fc
					.tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?'))
					.map(([inner, times]) => `(${inner})${times}`),
			),
		}));
		fc.assert(
			fc.property(pattern, fc.array(letter, { maxLength: 8 }), (source, letters) => {
				const text = letters.join('');
				return matches(source, text) === new RegExp(source, 'u').test(text);
			}),
			{ numRuns: 2000, seed: 7 },
		);
	});
});
