import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { crc32Append } from '../../../source/tar/parts/crc32-append.ts';

test('the CRC-32 of two parts is that of the whole', () => {
	const part = fc.uint8Array({ maxLength: 3000 });
	fc.assert(
		fc.property(part, part, (first, second) => {
			const whole = crc32(Buffer.concat([first, second]));
			assert.equal(crc32Append(crc32(first), crc32(second), second.length), whole);
		}),
	);
});

test('a part may have more than 4 GiB', () => {
	const zeros = Buffer.alloc(1024 * 1024);
	let crc = crc32('fathom');
	let ofZeros = 0;
	const bytes = 4100 * zeros.length;
	for (let done = 0; done < bytes; done += zeros.length) {
		crc = crc32(zeros, crc);
		ofZeros = crc32(zeros, ofZeros);
	}
	assert.equal(crc32Append(crc32('fathom'), ofZeros, bytes), crc);
});
