import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createGzipInflater } from '../../../source/tar/inflate/gzip-inflater.ts';
import { assertLikeZlib } from './assert-like-zlib.ts';
import { BitWriter, dynamicHeader } from './bit-writer.ts';
import { numbersOf, wrap } from './packed-data.ts';
import { runInflater } from './run-inflater.ts';

test('data that was cut anywhere has ended too early', () => {
	const next = numbersOf(7);
	const mixed = Buffer.concat([
		Buffer.from('a text, a text and a text once more. '.repeat(9)),
		Buffer.from(Uint8Array.from({ length: 700 }, () => next())),
	]);
	const members = [gzipSync(mixed), gzipSync(mixed, { level: 0 }), gzipSync(mixed, { strategy: 4 })];
	for (const member of members) {
		for (let end = 0; end < member.length; end++) {
			assert.equal(runInflater(createGzipInflater(), [member.subarray(0, end)]).fault, 'Z_BUF_ERROR');
		}
	}
});

test('each flipped bit of a small member is judged as zlib judges it', () => {
	const text = Buffer.from('fathom fathoms how deep the layers of an image are, layer by layer by layer');
	for (const member of [
		gzipSync(text),
		gzipSync(text, { level: 0 }),
		gzipSync(Buffer.concat([text, text.toReversed()])),
	]) {
		for (let bit = 0; bit < member.length * 8; bit++) {
			const flipped = Buffer.from(member);
			flipped[bit >> 3] ^= 1 << (bit & 7);
			assertLikeZlib(flipped);
		}
	}
});

const flat = (count: number, length: number) => Array.from({ length: count }, () => length);
const literalsAndEnd = [...flat(255, 8), 9, 9];

const refused: Readonly<Record<string, () => BitWriter>> = {
	'a block of the kind that is reserved': () => new BitWriter().number(1, 1).number(3, 2),
	'a stored block whose lengths disagree': () => new BitWriter().number(1, 8).number(5, 16).number(5, 16),
	'a code with too many codewords': () => dynamicHeader(flat(257, 8), [1, 1]),
	'a code with unused codewords': () => dynamicHeader(flat(257, 9), [1, 1]),
	'a code without an end of block': () => dynamicHeader([...flat(256, 8), 0], [1, 1]),
	'too many distances': () => dynamicHeader(literalsAndEnd, flat(31, 5)),
	'too many literals and lengths': () => dynamicHeader([...flat(226, 8), ...flat(60, 9), 0], [1, 1]),
	'a distance before the start': () =>
		new BitWriter().number(1, 1).number(1, 2).codeword(1, 7).codeword(0, 5),
	'a distance symbol that stands for none': () =>
		new BitWriter().number(1, 1).number(1, 2).codeword(48, 8).codeword(1, 7).codeword(30, 5),
	'a length symbol that stands for none': () =>
		new BitWriter().number(1, 1).number(1, 2).codeword(48, 8).codeword(198, 8),
	'the other bit of a code of one codeword': () =>
		dynamicHeader([...flat(254, 8), 9, 9, 9, 9], [1])
			.codeword(511, 9)
			.codeword(1, 1),
	'a distance where the code has none': () =>
		dynamicHeader([...flat(254, 8), 9, 9, 9, 9], [0]).codeword(511, 9),
};

for (const [what, write] of Object.entries(refused)) {
	test(`${what} is refused, as by zlib`, () => {
		const member = wrap(Buffer.concat([write().bytes(), Buffer.alloc(64)]), Buffer.alloc(0));
		assert.equal(runInflater(createGzipInflater(), [member]).fault, 'Z_DATA_ERROR');
		assertLikeZlib(member);
		assertLikeZlib(member, [...member.keys()]);
	});
}

test('a wrong checksum and a wrong length are refused', () => {
	const member = gzipSync('some text');
	for (const byte of [-8, -5, -4, -1]) {
		const changed = Buffer.from(member);
		changed[changed.length + byte] ^= 0x40;
		assert.equal(runInflater(createGzipInflater(), [changed]).fault, 'Z_DATA_ERROR');
	}
});
