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
