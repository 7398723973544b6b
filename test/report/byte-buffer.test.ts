import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ByteBuffer, byteConstant } from '../../source/report/byte-buffer.ts';

const textOf = (buffer: ByteBuffer) => Buffer.from(buffer.content).toString('utf8');

describe('a buffer of bytes', () => {
	test('holds what was appended, in order, however it was appended', () => {
		const piece = fc.oneof(
			fc
				.string({ unit: 'grapheme' })
				.map((text) => ({ text, append: (to: ByteBuffer) => to.appendText(text) })),
			fc.string().map((text) => ({ text, append: (to: ByteBuffer) => to.append(byteConstant(text)) })),
			fc.string().map((text) => ({
				text,
				append: (to: ByteBuffer) => {
					const other = new ByteBuffer(1);
					other.appendText(text);
					to.appendBuffer(other);
				},
			})),
			numbers().map((value) => ({ text: String(value), append: (to: ByteBuffer) => to.appendNumber(value) })),
		);
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				const buffer = new ByteBuffer(8);
				for (const { append } of pieces) append(buffer);
				assert.equal(textOf(buffer), pieces.map(({ text }) => text).join(''));
			}),
		);
	});

	test('writes every number as JSON does', () => {
		fc.assert(
			fc.property(numbers(), (value) => {
				const buffer = new ByteBuffer(8);
				buffer.appendNumber(value);
				assert.equal(textOf(buffer), JSON.stringify(value));
			}),
			{ numRuns: 2000 },
		);
	});

	test('takes a name only when none of it may need an escape in a JSON string, as the second of two # does', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				const buffer = new ByteBuffer(8);
				const name = Buffer.from(bytes).toString('latin1');
				const isPlain = JSON.stringify(name) === `"${name}"` && /^[ -~]*$/.test(name) && !name.includes('#');
				assert.equal(buffer.appendIfPlain(bytes, 0, bytes.length), isPlain);
				assert.equal(textOf(buffer), isPlain ? name : '');
			}),
		);
	});
});

/** Sizes, owners and times, with the edges between the ways in which they are written. */
function numbers(): fc.Arbitrary<number> {
	return fc.oneof(
		fc.nat({ max: 120 }),
		fc.nat({ max: 2 ** 31 - 1 }),
		fc.constantFrom(
			99,
			100,
			101,
			999,
			1000,
			9_999,
			10_000,
			4_294_967_295,
			4_294_967_296,
			Number.MAX_SAFE_INTEGER,
		),
		fc.constantFrom(-1, 1.5, -0.25, 1e21, 1_700_000_000.123),
		fc.maxSafeInteger(),
	);
}
