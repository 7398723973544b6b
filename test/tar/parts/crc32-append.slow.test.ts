import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { crc32Append } from '../../../source/tar/parts/crc32-append.ts';

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
