import { test } from 'node:test';
import fc from 'fast-check';
import { decodeName, encodeName } from '../../source/text/decode-name.ts';
import { escapeForTerminal } from '../../source/text/escape.ts';

/** Bytes that make up what could be mistaken: backslashes, what follows them in an escape, UTF-8 sequences whole and cut. */
const trickyBytes = fc
	.array(
		fc.oneof(
			fc.constantFrom('\\', '\\x', '\\x5C', '\\xFF', 'x', '5C', 'F', 'f', 'ø', '€', '😀', '\u{FEFF}'),
			fc
				.constantFrom('\xff', '\xc3', '\xe2\x82', '\xf0\x9f\x98', '\xed\xa0\x80', '\xc0\x80', '\x5c')
				.map((text) => Buffer.from(text, 'latin1')),
		),
		{ maxLength: 8 },
	)
	.map((parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string)))));

const anyName = fc.oneof(fc.uint8Array({ maxLength: 12 }), trickyBytes);

test('two different names never become one text', () => {
	fc.assert(
		fc.property(anyName, anyName, (one, other) => {
			const isSame = Buffer.from(one).equals(Buffer.from(other));
			return isSame === (decodeName(one) === decodeName(other));
		}),
		{ numRuns: 2000 },
	);
});

test('the bytes of a name come back from its text', () => {
	fc.assert(
		fc.property(anyName, (name) => Buffer.from(encodeName(decodeName(name))).equals(Buffer.from(name))),
		{ numRuns: 2000 },
	);
});

test('names that differ by an escape and what it stands for stay apart', () => {
	const seen = new Map<string, string>();
	const parts = ['\\', 'x', '5C', 'FF', '\xff', 'C3', '\xc3\xb8'];
	for (let number = 0; number < parts.length ** 5; number++) {
		let name = '';
		for (let rest = number; rest > 0; rest = Math.floor(rest / parts.length))
			name += parts[rest % parts.length];
		const text = decodeName(Buffer.from(name, 'latin1'));
		const known = seen.get(text);
		if (known !== undefined && known !== name) {
			throw new Error(
				`${JSON.stringify(known)} and ${JSON.stringify(name)} both read ${JSON.stringify(text)}`,
			);
		}
		seen.set(text, name);
	}
});

test('valid UTF-8 without a backslash is decoded as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			fc.pre(!text.includes('\\'));
			return decodeName(Buffer.from(text)) === text;
		}),
	);
});

test('escaped text holds nothing that a terminal would act on', () => {
	const text = fc.oneof(
		fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
		fc.string({ unit: 'grapheme' }),
		anyName.map(decodeName),
	);
	fc.assert(
		fc.property(text, (each) => {
			const escaped = escapeForTerminal(each);
			return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(escaped);
		}),
		{ numRuns: 2000 },
	);
});
