import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PatternFinder } from '../../../source/filter/pattern/pattern-finder.ts';
import { arbitraryPattern, arbitraryText } from './arbitrary-pattern.ts';

/** The matches in a line, as start and end in bytes. */
function found(pattern: string, text: string): readonly (readonly [number, number])[] {
	const bytes = Buffer.from(text);
	const line = { bytes, start: 0, end: bytes.length, isFromStart: true, isToEnd: true };
	return [...new PatternFinder(pattern).matchesIn(line, 0)].map(({ start, end }) => [start, end]);
}

/** The texts of the matches in a line. */
function texts(pattern: string, text: string): readonly string[] {
	return found(pattern, text).map(([start, end]) => Buffer.from(text).subarray(start, end).toString());
}

describe('where a pattern matches', () => {
	const cases: readonly (readonly [pattern: string, text: string, expected: readonly string[]])[] = [
		['b+', 'abbabc', ['bb', 'b']],
		['status=5\\d\\d', 'GET / status=503 status=200', ['status=503']],
		['^a', 'aa', ['a']],
		['a$', 'aa', ['a']],
		['^a.*b$', 'axxb', ['axxb']],
		['\\w+@\\w+', 'to: me@here, you@there', ['me@here', 'you@there']],
		['foo.*', 'a foo and more', ['foo and more']],
		['日.', 'x日本x', ['日本']],
		['é|日', 'é日', ['é', '日']],
		['x*', 'axxb', ['xx']],
		['$', 'abc', []],
		['(x.*y)?', 'xxxx', []],
	];
	for (const [pattern, text, expected] of cases)
		test(`${JSON.stringify(pattern)} in ${JSON.stringify(text)}`, (t) => {
			t.assert.deepEqual(texts(pattern, text), expected);
		});

	test('is where JavaScript finds a match of at least one character', () => {
		fc.assert(
			fc.property(arbitraryPattern, arbitraryText, (pattern, text) => {
				const characters = [...text];
				const isMatch = (start: number, end: number) =>
					new RegExp(`(?<=^[^]{${start}})(?:${pattern})(?=[^]{${characters.length - end}}$)`, 'u').exec(
						text,
					)?.[0] === characters.slice(start, end).join('');
				const ends = characters.map((_, index) => index + 1);
				const hasMatch = ends.some((end) => ends.some((each) => each <= end && isMatch(each - 1, end)));
				const places = found(pattern, text).map((range) =>
					range.map((byte) => [...Buffer.from(text).subarray(0, byte).toString()].length),
				);
				return places.length > 0 === hasMatch && places.every(([start, end]) => isMatch(start, end));
			}),
			{ numRuns: 2000, seed: 7 },
		);
	});

	test('takes time that grows with the line alone', (t) => {
		t.assert.equal(found('(ab)*c', 'ab'.repeat(100_000)).length, 0);
		t.assert.equal(found('a(.*z)?', 'a'.repeat(100_000)).length, 100_000);
		t.assert.equal(found('(x.*y)?', 'x'.repeat(100_000)).length, 0);
		t.assert.deepEqual(found('(a+)+b', `${'a'.repeat(100_000)}b`), [[0, 100_001]]);
	});
});
