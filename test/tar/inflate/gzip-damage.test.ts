import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createGzipInflater } from '../../../source/tar/inflate/gzip-inflater.ts';
import { createHandleInflater } from '../../../source/tar/zlib-handle.ts';
import { BitWriter, dynamicHeader } from './bit-writer.ts';
import { numbersOf, packing, plainData, wrap } from './packed-data.ts';
import { cut, runInflater } from './run-inflater.ts';

/** What is given out before a fault depends on the sizes of windows, so it is compared only as far as both gave it. */
function assertLikeZlib(data: Uint8Array, places: readonly number[] = []): void {
	const expected = runInflater(createHandleInflater('gzip'), [data]);
	const { output, fault } = runInflater(createGzipInflater(), cut(data, places));
	assert.equal(fault, expected.fault);
	const bytes = fault === null ? expected.output.length : Math.min(output.length, expected.output.length);
	assert.ok(output.subarray(0, bytes).equals(expected.output.subarray(0, bytes)));
	if (fault === null) assert.equal(output.length, bytes);
}

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

test('large data that was cut anywhere has ended too early', () => {
	fc.assert(
		fc.property(plainData, packing, fc.double({ min: 0, max: 1, noNaN: true }), (data, pack, share) => {
			const packed = pack(data);
			const end = Math.min(packed.length - 1, Math.floor(packed.length * share));
			assert.equal(runInflater(createGzipInflater(), [packed.subarray(0, end)]).fault, 'Z_BUF_ERROR');
		}),
		{ numRuns: 60 },
	);
});

test('one bit of large data that is not as it was is found by the checksum, whatever the length', () => {
	const lengths = fc.oneof(
		fc.integer({ min: 16_300, max: 40_000 }),
		fc.integer({ min: 255_000, max: 530_000 }),
	);
	fc.assert(
		fc.property(lengths, fc.nat(), fc.nat(), (length, seed, place) => {
			const data = Buffer.alloc(length, numberedBytes(seed));
			const changed = Buffer.from(data);
			changed[place % length] ^= 1 << (seed & 7);
			const packed = deflateRawSync(changed, { level: 0 });
			assert.equal(runInflater(createGzipInflater(), [wrap(packed, changed)]).fault, null);
			assert.equal(runInflater(createGzipInflater(), [wrap(packed, data)]).fault, 'Z_DATA_ERROR');
		}),
		{ numRuns: 100 },
	);
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

test('flipped bits in large data are judged as zlib judges them', () => {
	const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
		minLength: 1,
		maxLength: 4,
	});
	fc.assert(
		fc.property(
			plainData,
			packing,
			places,
			fc.array(fc.nat(300_000), { maxLength: 3 }),
			(data, pack, at, cuts) => {
				const packed = pack(data);
				for (const share of at) {
					const bit = Math.floor(packed.length * 8 * share);
					packed[bit >> 3] ^= 1 << (bit & 7);
				}
				// A zero byte where another member might begin ends the data for good, in whatever chunk it comes.
				assertLikeZlib(packed, cuts);
			},
		),
		{ numRuns: 200 },
	);
});

test('blocks of random codes, whole or not, and random bits are judged as zlib judges them', () => {
	const code = (most: number, least: number) =>
		fc
			.record({ seed: fc.nat(), symbols: fc.integer({ min: least, max: most }), spoil: fc.nat(3) })
			.map((of) => lengthsOf(of, most));
	fc.assert(
		fc.property(
			code(286, 257),
			code(30, 1),
			fc.uint8Array({ maxLength: 3000 }),
			fc.nat(20),
			(literals, distances, rest, more) => {
				const start = dynamicHeader(literals, distances).bytes();
				const body = Buffer.concat([start, ...Array.from({ length: more }, () => rest)]);
				assertLikeZlib(wrap(body, Buffer.alloc(0)));
			},
		),
		{ numRuns: 1500 },
	);
});

test('random bits are judged as zlib judges them', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
			assertLikeZlib(wrap(bytes, Buffer.alloc(0)));
		}),
		{ numRuns: 2000 },
	);
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

test('header fields of any length are passed over, and checked as by zlib', () => {
	const header = fc.record({
		flags: fc.nat(255),
		method: fc.oneof(fc.constant(8), fc.nat(255)),
		extra: fc.uint8Array({ maxLength: 3000 }),
		name: fc.uint8Array({ min: 1, maxLength: 3000 }),
		comment: fc.uint8Array({ min: 1, maxLength: 300 }),
		rightChecksum: fc.boolean(),
	});
	fc.assert(
		fc.property(header, fc.array(fc.nat(6000), { maxLength: 5 }), (fields, places) => {
			const data = Buffer.concat([headerOf(fields), gzipSync('content').subarray(10)]);
			assertLikeZlib(data, places);
		}),
		{ numRuns: 600 },
	);
});

interface HeaderFields {
	readonly flags: number;
	readonly method: number;
	readonly extra: Uint8Array;
	readonly name: Uint8Array;
	readonly comment: Uint8Array;
	readonly rightChecksum: boolean;
}

function headerOf({ flags, method, extra, name, comment, rightChecksum }: HeaderFields): Buffer {
	const parts: Uint8Array[] = [Buffer.from([0x1f, 0x8b, method, flags, 1, 2, 3, 4, 0, 3])];
	if (flags & 4) parts.push(Buffer.from([extra.length & 255, extra.length >> 8]), extra);
	if (flags & 8) parts.push(name, Buffer.alloc(1));
	if (flags & 16) parts.push(comment, Buffer.alloc(1));
	const header = Buffer.concat(parts);
	if (!(flags & 2)) return header;
	const checksum = Buffer.alloc(2);
	checksum.writeUInt16LE((crc32(header) & 0xffff) ^ (rightChecksum ? 0 : 1));
	return Buffer.concat([header, checksum]);
}

/** The lengths of a whole code for so many symbols, of which some are spoilt then. */
function lengthsOf(
	{ seed, symbols, spoil }: { seed: number; symbols: number; spoil: number },
	most: number,
): number[] {
	const next = numbersOf(seed);
	const used = 1 + (next() % symbols);
	const leaves = [used === 1 ? 1 : 0];
	while (leaves.length < used) {
		const split = next() % leaves.length;
		if (leaves[split] === 15) continue;
		leaves[split] += 1;
		leaves.push(leaves[split]);
	}
	const lengths = Array.from({ length: Math.min(symbols, most) }, (_, index) => leaves[index] ?? 0);
	for (let index = lengths.length - 1; index > 0; index--) {
		const other = next() % (index + 1);
		[lengths[index], lengths[other]] = [lengths[other], lengths[index]];
	}
	if (spoil === 0) lengths[next() % lengths.length] = next() % 16;
	return lengths;
}

function numberedBytes(seed: number): Buffer {
	const next = numbersOf(seed);
	return Buffer.from(Uint8Array.from({ length: 5003 }, () => next()));
}
