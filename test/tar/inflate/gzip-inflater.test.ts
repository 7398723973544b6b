import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { createHandleInflater } from '../../../source/tar/compression/zlib-handle.ts';
import { createGzipInflater } from '../../../source/tar/inflate/gzip-inflater.ts';
import { numbersOf, wrap } from './packed-data.ts';
import { cut, runInflater } from './run-inflater.ts';

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
