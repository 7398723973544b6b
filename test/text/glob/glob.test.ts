import { describe, test } from 'node:test';
import fc from 'fast-check';
import { globFault } from '../../../source/text/glob/glob-fault.ts';
import { globMatcher } from '../../../source/text/glob/path-globs.ts';

describe('a glob', () => {
	const cases: readonly (readonly [string, string, boolean])[] = [
		['*.map', 'app.map', true],
		['*.map', 'dist/app.map', false],
		['**/*.map', 'dist/app.map', true],
		['**/*.map', 'app.map', true],
		['dist/*', 'dist/.hidden', true],
		['a+(b)', 'abb', false],
		['(a+)+b', 'aab', false],
		['app (1)?txt', 'app (1).txt', true],
		['{a|b,c}', 'a|b', true],
		['[ab]', 'b', true],
		['a\\*', 'a*', true],
		['a\\*', 'ab', false],
		['/a/', 'a', true],
		['./a//b/.', 'a/b', true],
		['**', 'new\nline', true],
		['**/c*', 'a/cr\rx', true],
		['a**b', 'a\u2028b', true],
		['?', '\u{1f600}', true],
		['??', '\u{1f600}', false],
		['[\u{1f600}-\u{1f602}]', '\u{1f601}', true],
		['[^a]', '\u{1f601}', true],
		['a**b', 'a/b', false],
		['a/**', 'a', true],
		['a/**', 'a/b/c', true],
		['a/**/b', 'a/b', true],
		['a/**/b', 'a/c/d/b', true],
		['a/**/b', 'ac/b', false],
		['**/**/b', 'b', true],
		['**/a/**', 'x/a/y/z', true],
		['**/a', 'xa', false],
		['{**/a,b}/c', 'x/y/a/c', true],
		['{a,b/**}/c', 'b/x/c', true],
		['{a,{b,c}d}', 'cd', true],
		['{a,}b', 'b', true],
		['{a}', '{a}', true],
		['{a..c}', 'b', true],
		['a}b', 'a}b', true],
		['a,b', 'a,b', true],
		['a?b', 'a/b', false],
		['a[^b]b', 'a/b', false],
		['a/*', 'a/b/c', false],
		['[[:digit:]]', '7', true],
		['[[:digit:]]', 'x', false],
		['[]a]', ']', true],
		['[!]a]', ']', false],
		['[a\\]]', ']', true],
		['[a-]', '-', true],
		['pages/[slug].js', 'pages/[slug].js', true],
		['A', 'a', false],
	];
	for (const [glob, path, expected] of cases) {
		test(`${glob} ${expected ? 'matches' : 'does not match'} ${path}`, (t) => {
			t.assert.equal(globMatcher([glob])(path), expected);
		});
	}

	for (const glob of ['a'.repeat(501), '**/a/**/b/**/c/**', '{a,aa}{a,aa}{a,aa}{a,aa}', 'a*b*c*d*'])
		test(`${glob.slice(0, 30)} is not accepted`, (t) => {
			t.assert.match(globFault(glob) ?? '', /^a glob has at most \d+ /);
		});

	const faults: readonly (readonly [string, string | null])[] = [
		['/', 'a glob names a path'],
		['//', 'a glob names a path'],
		['.', 'a glob names a path'],
		['./', 'a glob names a path'],
		['../..', 'a glob names a path'],
		['../b', 'a component .. is in no path'],
		['a/../b', 'a component .. is in no path'],
		['a..b', null],
		['a[z-a]', 'the range z-a ends before it begins'],
		['[b-a\\]]', 'the range b-a ends before it begins'],
		['[\\]-a]', null],
		['[!]', 'a [ has no ]'],
		['.a', null],
		['!dist', 'a glob cannot be negated'],
		['\\!dist', null],
		['a[bc', 'a [ has no ]'],
		['a[bc]d[', 'a [ has no ]'],
		['[]', 'a [ has no ]'],
		['[]a]', null],
		['[!]a]', null],
		['[[]', null],
		['\\[a', null],
		['[\\]', 'a [ has no ]'],
		['a{b', 'a { has no }'],
		['**/*.{js,map', 'a { has no }'],
		['{a,{b,c}', 'a { has no }'],
		['{a,b\\}', 'a { has no }'],
		['{a,[}]', 'a { has no }'],
		['{a,{b,c}}', null],
		['a}b', null],
		['\\{a', null],
		['[{]', null],
	];
	for (const [glob, fault] of faults)
		test(`${glob} ${fault === null ? 'is accepted' : `is not accepted: ${fault}`}`, (t) => {
			t.assert.equal(globFault(glob), fault);
		});

	test('that is accepted does not throw, and ends soon', (t) => {
		const characters = fc.constantFrom(
			...'ab/*?[]{},!^-\\.:('.split(''),
			'**',
			'**/',
			'[a-b]',
			'{a,',
			'\u{1f600}',
		);
		const text = fc.array(characters, { maxLength: 30 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, text, (glob, path) => {
				if (globFault(glob) === null) t.assert.equal(typeof globMatcher([glob])(path), 'boolean');
			}),
			{ numRuns: 2000 },
		);
	});

	test('finds every path of a thousand with whatever it leads to', (t) => {
		const matches = globMatcher(['**/*a*b*c*/**/{*x,?y*,*z}/**']);
		const path = `${'abc/'.repeat(1000)}x`;
		for (let length = 1000; length < 3000; length++) matches(path.slice(0, length) + length);
		t.assert.equal(matches(path), true);
		t.assert.equal(matches(`${'abc/'.repeat(1000)}w`), false);
	});

	test('matches long names, and no path of more than 4096 characters', (t) => {
		t.assert.equal(globMatcher(['**'])('a'.repeat(4096)), true);
		t.assert.equal(globMatcher(['a*'])('a'.repeat(4096)), true);
		t.assert.equal(globMatcher(['**'])('a'.repeat(4097)), false);
	});
});
