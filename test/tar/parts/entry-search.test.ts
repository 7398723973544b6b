import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { EntrySearch } from '../../../source/tar/parts/entry-search.ts';
import { rawEntry } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';

const first = rawEntry(file('first', Buffer.alloc(3000, 'a')));
const second = rawEntry(file('second', 'b'));

test('the entry behind the first header is found, wherever that stands and however the bytes come', () => {
	const before = fc.uint8Array({ maxLength: 2000 });
	fc.assert(
		fc.property(before, fc.integer({ min: 1, max: 5000 }), (noise, pieceBytes) => {
			const data = Buffer.concat([noise, first, second]);
			assert.equal(search(data, pieceBytes), noise.length + first.length);
		}),
	);
});

test('an entry may be larger than what is kept', () => {
	const large = rawEntry(file('large', Buffer.alloc(300_000, 'ustar')));
	assert.equal(search(Buffer.concat([large, second]), 7000), large.length);
});

test('what follows an extension header is no entry of its own', () => {
	const long = rawEntry(file('x'.repeat(200), 'c'));
	const data = Buffer.concat([long, second]);
	assert.equal(search(data, data.length), long.length);
});

test('a header is none where no other one stands behind its content', () => {
	const cut = first.subarray(0, -512);
	const data = Buffer.concat([cut, first, second, second]);
	assert.equal(search(data, 1000), data.length - second.length);
	assert.equal(search(Buffer.concat([first, Buffer.alloc(5000)]), 1000), -1);
});

test('a search among bytes that only look like headers is given up', () => {
	const trap = Buffer.alloc(200_000, 'ustar');
	assert.equal(search(Buffer.concat([trap, first, second]), 4096), -1);
});

function search(data: Uint8Array, pieceBytes: number): number {
	const entrySearch = new EntrySearch(0);
	for (let start = 0; start < data.length; start += pieceBytes) {
		const found = entrySearch.take(data.subarray(start, start + pieceBytes));
		if (found !== -1) return found;
	}
	return -1;
}
