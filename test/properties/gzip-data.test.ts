import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createGzipInflater } from '../../source/tar/inflate/gzip-inflater.ts';
import { runs } from '../support/runs.ts';
import { assertLikeZlib } from '../tar/inflate/assert-like-zlib.ts';
import { dynamicHeader } from '../tar/inflate/bit-writer.ts';
import { numbersOf, packing, plainData, wrap } from '../tar/inflate/packed-data.ts';
import { cut, runInflater } from '../tar/inflate/run-inflater.ts';

test('data of any kind, level and strategy comes out as it went in, however it is cut', () => {
	fc.assert(
		fc.property(plainData, packing, fc.array(fc.nat(300_000), { maxLength: 8 }), (data, pack, places) => {
			const { output, fault } = runInflater(createGzipInflater(), cut(pack(data), places));
			assert.equal(fault, null);
			assert.ok(output.equals(data));
		}),
		{ numRuns: runs(150) },
	);
});

test('data comes out as it went in when it comes byte by byte', () => {
	const small = plainData.map((data) => data.subarray(0, 20_000));
	fc.assert(
		fc.property(small, packing, (data, pack) => {
			const packed = pack(data);
			const { output, fault } = runInflater(createGzipInflater(), cut(packed, [...packed.keys()]));
			assert.equal(fault, null);
			assert.ok(output.equals(data));
		}),
		{ numRuns: runs(40) },
	);
});

test('members follow one another', () => {
	const members = fc.array(fc.tuple(plainData, packing), { minLength: 1, maxLength: 4 });
	fc.assert(
		fc.property(members, fc.array(fc.nat(300_000), { maxLength: 8 }), (parts, places) => {
			const packed = Buffer.concat(parts.map(([data, pack]) => pack(data)));
			const { output, fault } = runInflater(createGzipInflater(), cut(packed, places));
			assert.equal(fault, null);
			assert.ok(output.equals(Buffer.concat(parts.map(([data]) => data))));
		}),
		{ numRuns: runs(30) },
	);
});

test('large data that was cut anywhere has ended too early', () => {
	fc.assert(
		fc.property(plainData, packing, fc.double({ min: 0, max: 1, noNaN: true }), (data, pack, share) => {
			const packed = pack(data);
			const end = Math.min(packed.length - 1, Math.floor(packed.length * share));
			assert.equal(runInflater(createGzipInflater(), [packed.subarray(0, end)]).fault, 'Z_BUF_ERROR');
		}),
		{ numRuns: runs(60) },
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
		{ numRuns: runs(100) },
	);
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
		{ numRuns: runs(200) },
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
		{ numRuns: runs(1500) },
	);
});

test('random bits are judged as zlib judges them', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
			assertLikeZlib(wrap(bytes, Buffer.alloc(0)));
		}),
		{ numRuns: runs(2000) },
	);
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
		{ numRuns: runs(600) },
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
