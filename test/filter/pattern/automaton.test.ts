import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PatternError } from '../../../source/filter/pattern/pattern.ts';
import { arbitraryPattern, arbitraryText } from './arbitrary-pattern.ts';
import { matchesText } from './matches-text.ts';

describe('a pattern', () => {
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
			t.assert.equal(matchesText(pattern, text), expected);
		});
	}

	test('means what JavaScript means by it', () => {
		fc.assert(
			fc.property(
				arbitraryPattern,
				arbitraryText,
				(source, text) => matchesText(source, text) === new RegExp(source, 'u').test(text),
			),
			{ numRuns: 2000, seed: 7 },
		);
	});

	test('that would keep a backtracking matcher busy for years is matched in one pass', (t) => {
		const text = 'a'.repeat(50_000);
		t.assert.equal(matchesText('^(a+)+$', `${text}b`), false);
		t.assert.equal(matchesText('^(a|a)*$', text), true);
		t.assert.equal(matchesText('(.*)*(.*)*(.*)*x', text), false);
		t.assert.equal(matchesText('(x+x+)+y', 'x'.repeat(50_000)), false);
	});

	const patternsThatGrow = ['(a|b)*a(a|b){60}$', '(a|.a|..a|...a){9}b.{20}$', '[ab]{0,12}a.{14}$'];
	for (const pattern of patternsThatGrow) {
		test(`whose automaton would grow without end is given up: ${pattern}`, (t) => {
			t.assert.throws(() => matchesText(pattern, noise(50_000)), new PatternError('too complex'));
		});
	}
});

/** Letters a and b in no order. */
function noise(length: number): string {
	let random = 1;
	return Array.from({ length }, () => {
		random = (random * 48_271) % 0x7fffffff;
		return random & 64 ? 'a' : 'b';
	}).join('');
}
