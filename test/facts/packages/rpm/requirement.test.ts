import { test } from 'node:test';
import fc from 'fast-check';
import { needsOf } from '../../../../source/facts/packages/rpm/requirement.ts';

const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
	['glibc', [['glibc']]],
	['perl(File::Find)', [['perl(File::Find)']]],
	['(firefox >= 90 and dbus)', [['firefox'], ['dbus']]],
	['(mta or postfix or (sendmail with smtpd = 2))', [['mta', 'postfix', 'sendmail']]],
	[
		'((a and b) or c)',
		[
			['a', 'c'],
			['b', 'c'],
		],
	],
	['(perl(Carp) if perl-core)', [['perl(Carp)']]],
	['(langpack-en if glibc else locales)', [['langpack-en', 'locales']]],
	['(pkgconfig(gtk4) >= 4.2 without gtk4-old)', [['pkgconfig(gtk4)']]],
	['(a unless b)', [['a']]],
	['(a and', []],
	['(a b)', []],
	['()', []],
	['(a) b', []],
	[`${'('.repeat(40)}a${')'.repeat(40)}`, []],
];
for (const [requirement, needs] of cases) {
	test(`${requirement} needs ${JSON.stringify(needs)}`, (t) => {
		t.assert.deepEqual(needsOf(requirement), needs);
	});
}

test('a requirement of any form is understood or not, and stays small', () => {
	const word = fc.constantFrom('(', ')', '((', ' ', 'a', ' or ', ' and ', ' else ', ' if ', '>= 1', 'b(c)');
	fc.assert(
		fc.property(fc.array(word, { maxLength: 400 }), (words) => {
			const needs = needsOf(`(${words.join('')})`);
			return needs.length <= 64 && needs.every((alternatives) => alternatives.length <= 64);
		}),
		{ numRuns: 1000 },
	);
});
