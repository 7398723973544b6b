import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createGzipInflater } from '../../../source/tar/inflate/gzip-inflater.ts';
import { createHandleInflater } from '../../../source/tar/zlib-handle.ts';
import { numbersOf, packing, plainData, wrap } from './packed-data.ts';
import { cut, runInflater } from './run-inflater.ts';

test('data of any kind, level and strategy comes out as it went in, however it is cut', () => {
	fc.assert(
		fc.property(plainData, packing, fc.array(fc.nat(300_000), { maxLength: 8 }), (data, pack, places) => {
			const { output, fault } = runInflater(createGzipInflater(), cut(pack(data), places));
			assert.equal(fault, null);
			assert.ok(output.equals(data));
		}),
		{ numRuns: 150 },
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
		{ numRuns: 40 },
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
		{ numRuns: 30 },
	);
});

test('a match may reach back 32 KiB and over the end of what was given out', () => {
	const next = numbersOf(1);
	const far = Buffer.from(Uint8Array.from({ length: 32768 }, () => next()));
	const data = Buffer.concat(Array.from({ length: 40 }, (_, index) => far.subarray(index % 5 === 0 ? 1 : 0)));
	const { output, fault } = runInflater(createGzipInflater(), [gzipSync(data, { level: 9 })]);
	assert.equal(fault, null);
	assert.ok(output.equals(data));
});

test('what follows the last member is ignored after a zero byte, and has to be a member else, as with zlib', () => {
	const member = gzipSync('abc');
	for (const rest of [[0], [0, 1, 2], [0, ...member], [0x1f], [0x1f, 0x8b], [1], [1, 2], [...member, 0, 9]]) {
		const data = Buffer.concat([member, Buffer.from(rest)]);
		const expected = runInflater(createHandleInflater('gzip'), [data]);
		assert.deepEqual(runInflater(createGzipInflater(), [data]).fault, expected.fault, String(rest));
		if (expected.fault === null) {
			assert.deepEqual(runInflater(createGzipInflater(), [data]), expected);
			assert.deepEqual(runInflater(createGzipInflater(), cut(data, [...data.keys()])), expected);
		}
	}
});

test('no data at all has ended too early', () => {
	assert.equal(runInflater(createGzipInflater(), []).fault, 'Z_BUF_ERROR');
});

test('a second member does not reach back into the first', () => {
	const dictionary = Buffer.from('a text that the second member refers to');
	const second = deflateRawSync(dictionary, { dictionary });
	const data = Buffer.concat([gzipSync(dictionary), wrap(second, dictionary)]);
	assert.equal(runInflater(createGzipInflater(), [data]).fault, 'Z_DATA_ERROR');
});

test('several inflaters at once do not disturb one another', () => {
	const texts = ['one ', 'two ', 'three ', 'four '].map((word) => Buffer.from(word.repeat(90_000)));
	const inflaters = texts.map(() => createGzipInflater());
	const outputs: Buffer[][] = texts.map(() => []);
	const packed = texts.map((data) => gzipSync(data, { level: 1 }));
	for (let part = 0; part < 2; part++) {
		for (const [index, inflater] of inflaters.entries()) {
			const half = packed[index].length >> 1;
			const chunk = packed[index].subarray(part * half, part === 0 ? half : undefined);
			inflater?.write(chunk, (piece) => outputs[index].push(Buffer.from(piece)));
		}
	}
	for (const inflater of inflaters) inflater?.close();
	assert.deepEqual(
		outputs.map((pieces) => Buffer.concat(pieces)),
		texts,
	);
});
