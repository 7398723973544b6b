import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parsePattern } from '../../../source/filter/pattern/parse-pattern.ts';
import { plainText, requiredText } from '../../../source/filter/pattern/required-text.ts';
import { arbitraryPattern, arbitraryText } from './arbitrary-pattern.ts';
import { matchesText } from './matches-text.ts';

describe('the text that a pattern requires', () => {
	const cases: Readonly<Record<string, string | null>> = {
		'^libssl\\.so$': 'libssl.so',
		'zone.*index\\.js': 'index.js',
		'\\d+\\.so': '.so',
		'/usr/share/doc': 'share',
		'(lib)+ssl': 'lib',
		'(lib)*ssl': 'ssl',
		'(lib)?': null,
		'x{3}': 'x',
		'[x]yz': 'xyz',
		'index|token': null,
		'[ab]': null,
		'.*': null,
		'/': null,
		'': null,
	};
	for (const [pattern, text] of Object.entries(cases)) {
		test(`of ${pattern} is ${text}`, (t) => {
			t.assert.equal(requiredText(parsePattern(pattern)), text);
		});
	}

	test('is in everything that the pattern matches', () => {
		fc.assert(
			fc.property(arbitraryPattern, arbitraryText, (pattern, text) => {
				const required = requiredText(parsePattern(pattern));
				return required === null || text.includes(required) || !matchesText(pattern, text);
			}),
			{ numRuns: 2000, seed: 7 },
		);
	});
});

describe('a pattern of nothing but characters', () => {
	const cases: Readonly<Record<string, string | null>> = {
		'usr/lib': 'usr/lib',
		'\\.so': '.so',
		x: 'x',
		'^x': null,
		'x+': null,
		'(x)': 'x',
		'[xy]': null,
	};
	for (const [pattern, text] of Object.entries(cases)) {
		test(`${pattern}: ${text}`, (t) => {
			t.assert.equal(plainText(parsePattern(pattern)), text);
		});
	}
});
