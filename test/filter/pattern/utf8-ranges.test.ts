import { describe, test } from 'node:test';
import fc from 'fast-check';
import { utf8Sequences } from '../../../source/filter/pattern/utf8-ranges.ts';

describe('the byte sequences of a range of code points', () => {
	test('are those of UTF-8', (t) => {
		t.assert.deepEqual(utf8Sequences([0x61, 0x7a]), [[[0x61, 0x7a]]]);
		t.assert.deepEqual(utf8Sequences([0xe0, 0xfc]), [
			[
				[0xc3, 0xc3],
				[0xa0, 0xbc],
			],
		]);
		t.assert.deepEqual(utf8Sequences([0x7e, 0x81]), [
			[[0x7e, 0x7f]],
			[
				[0xc2, 0xc2],
				[0x80, 0x81],
			],
		]);
	});

	test('fit the code points of the range and no others', () => {
		const codePoint = fc.oneof(
			fc.integer({ min: 0, max: 0x10ffff }),
			fc.constantFrom(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff),
		);
		fc.assert(
			fc.property(codePoint, codePoint, codePoint, (one, other, tried) => {
				const [first, last] = [Math.min(one, other), Math.max(one, other)];
				const bytes = Buffer.from(String.fromCodePoint(tried));
				const fits = utf8Sequences([first, last]).some(
					(sequence) =>
						sequence.length === bytes.length &&
						sequence.every(([from, to], index) => bytes[index] >= from && bytes[index] <= to),
				);
				return isSurrogate(tried) || fits === (tried >= first && tried <= last);
			}),
			{ numRuns: 5000, seed: 7 },
		);
	});
});

/** Half of a pair in UTF-16, which no UTF-8 has. */
function isSurrogate(codePoint: number): boolean {
	return codePoint >= 0xd800 && codePoint <= 0xdfff;
}
